using System.ComponentModel;
using System.Diagnostics;

namespace MailAdmin.PowerShell.Cmdlets.Connection;

/// <summary>Opens a page in the person's browser: the program that the environment variable BROWSER names, else that of the desktop.</summary>
internal static class BrowserLauncher
{
    // Only redirects and runs the program in its place: what browsers write does not belong at the prompt. Neither program nor page is part of the script.
    private const string QuietScript = "exec \"$0\" \"$1\" >/dev/null 2>&1 </dev/null";

    // What opens a page ends at once; a browser that is itself the program does not.
    private static readonly TimeSpan s_failureTimeout = TimeSpan.FromSeconds(2);

    /// <summary>Opens the page.</summary>
    /// <returns>False where there is no browser to be seen, or it could not be started.</returns>
    public static async Task<bool> TryOpenAsync(Uri page, CancellationToken cancellationToken)
    {
        if (CreateStart(page.OriginalString, Environment.GetEnvironmentVariable, GetSystem()) is not { } start)
        {
            return false;
        }
        try
        {
            using var process = Process.Start(start);
            return process is null || OperatingSystem.IsWindows() || await IsRunningOrDoneAsync(process, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is Win32Exception or FileNotFoundException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>How the page is opened; null where nobody would see it: over SSH, and where there is no desktop.</summary>
    /// <param name="page">The page.</param>
    /// <param name="getVariable">Reads the environment.</param>
    /// <param name="system">The operating system.</param>
    internal static ProcessStartInfo? CreateStart(string page, Func<string, string?> getVariable, DesktopSystem system)
    {
        string? program = Has("BROWSER") ? getVariable("BROWSER") : null;
        bool isVisible = system == DesktopSystem.Unix ? Has("DISPLAY") || Has("WAYLAND_DISPLAY") : !Has("SSH_CONNECTION");
        return (program, system) switch
        {
            (null, _) when !isVisible => null,
            (null, DesktopSystem.Windows) => new ProcessStartInfo(page) { UseShellExecute = true },
            ({ }, DesktopSystem.Windows) => new ProcessStartInfo(program) { ArgumentList = { page } },
            _ => new ProcessStartInfo("/bin/sh") { ArgumentList = { "-c", QuietScript, program ?? (system == DesktopSystem.MacOS ? "open" : "xdg-open"), page } },
        };

        bool Has(string name) => !string.IsNullOrWhiteSpace(getVariable(name));
    }

    private static DesktopSystem GetSystem() =>
        OperatingSystem.IsWindows() ? DesktopSystem.Windows : OperatingSystem.IsMacOS() ? DesktopSystem.MacOS : DesktopSystem.Unix;

    private static async Task<bool> IsRunningOrDoneAsync(Process process, CancellationToken cancellationToken)
    {
        try
        {
            await process.WaitForExitAsync(cancellationToken).WaitAsync(s_failureTimeout, cancellationToken).ConfigureAwait(false);
            return process.ExitCode == 0;
        }
        catch (TimeoutException)
        {
            return true;
        }
    }
}

/// <summary>How an operating system opens pages.</summary>
internal enum DesktopSystem
{
    Windows,
    MacOS,
    Unix,
}
