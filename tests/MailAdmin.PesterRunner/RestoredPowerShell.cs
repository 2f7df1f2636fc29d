using System.Diagnostics;
using System.Reflection;

namespace MailAdmin.PesterRunner;

/// <summary>The PowerShell that the build has restored from NuGet.</summary>
internal static class RestoredPowerShell
{
    /// <summary>How a script beside this assembly is run in it, with its output redirected.</summary>
    public static ProcessStartInfo Run(string script, params string[] arguments)
    {
        string library = Path.Combine(Metadata("PowerShellFolder"), OperatingSystem.IsWindows() ? "win" : "unix", "pwsh.dll");
        var start = new ProcessStartInfo("dotnet", [library, "-NoProfile", "-NonInteractive", "-File", Path.Combine(AppContext.BaseDirectory, script), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["NO_COLOR"] = "1";
        start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";
        return start;
    }

    /// <summary>A path that the build has written into this assembly.</summary>
    public static string Metadata(string key) =>
        typeof(RestoredPowerShell).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(item => item.Key == key).Value!;
}
