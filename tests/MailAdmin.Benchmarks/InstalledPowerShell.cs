using System.Diagnostics;
using System.Globalization;

namespace MailAdmin.Benchmarks;

/// <summary>Runs scripts in fresh processes of pwsh, where it is installed, and measures from inside, so that its start does not count.</summary>
internal static class InstalledPowerShell
{
    public static bool IsInstalled { get; } = Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh")));

    /// <summary>Runs a script whose last lines are milliseconds, one each.</summary>
    public static double[] Measure(string script, int figures)
    {
        string file = Path.Combine(Path.GetTempPath(), $"mailadmin-benchmark-{Guid.NewGuid():n}.ps1");
        File.WriteAllText(file, "$ErrorActionPreference = 'Stop'\n" + script);
        try
        {
            using Process process = Process.Start(new ProcessStartInfo("pwsh", ["-NoProfile", "-NonInteractive", "-File", file])
            {
                RedirectStandardOutput = true,
                RedirectStandardInput = true,
            })!;
            process.StandardInput.Close();
            string[] lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            process.WaitForExit();
            return process.ExitCode == 0 && lines.Length >= figures
                ? [.. lines[^figures..].Select(line => double.Parse(line, CultureInfo.InvariantCulture))]
                : throw new InvalidOperationException("pwsh failed: " + string.Join(Environment.NewLine, lines));
        }
        finally
        {
            File.Delete(file);
        }
    }
}
