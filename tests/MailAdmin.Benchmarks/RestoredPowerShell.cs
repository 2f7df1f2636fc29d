using System.Diagnostics;
using System.Globalization;
using System.Reflection;

namespace MailAdmin.Benchmarks;

/// <summary>The PowerShell that the build has restored from NuGet, each time in a fresh process.</summary>
internal static class RestoredPowerShell
{
    private static readonly string s_library = Path.Combine(
        typeof(RestoredPowerShell).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(item => item.Key == "PowerShellFolder").Value!, OperatingSystem.IsWindows() ? "win" : "unix", "pwsh.dll");

    public static string Description => $"PowerShell {typeof(RestoredPowerShell).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(item => item.Key == "PowerShellVersion").Value}";

    /// <summary>Runs a script whose last lines are figures, one each.</summary>
    public static double[] Measure(string script, int figures) => Run(script, figures, out _);

    /// <summary>The same, with the milliseconds of the whole process.</summary>
    public static double[] Run(string script, int figures, out double milliseconds)
    {
        string file = Path.Combine(Path.GetTempPath(), $"mailadmin-benchmark-{Guid.NewGuid():n}.ps1");
        File.WriteAllText(file, "$ErrorActionPreference = 'Stop'\n" + script);
        try
        {
            long start = Stopwatch.GetTimestamp();
            using Process process = Process.Start(new ProcessStartInfo("dotnet", [s_library, "-NoProfile", "-NonInteractive", "-File", file])
            {
                RedirectStandardOutput = true,
                RedirectStandardInput = true,
                Environment = { ["POWERSHELL_TELEMETRY_OPTOUT"] = "1", ["NO_COLOR"] = "1" },
            })!;
            process.StandardInput.Close();
            string[] lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            process.WaitForExit();
            milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
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
