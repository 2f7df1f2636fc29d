// A page is opened where somebody sees it, and no part of it is taken for a command.
using System.Diagnostics;
using MailAdmin.PowerShell.Cmdlets.Connection;

namespace MailAdmin.Tests.Authentication;

public sealed class BrowserLauncherTests
{
    private const string Page = "https://mail.example.org/login?state=a&code_challenge=$(touch%20x)";

    [Theory]
    [InlineData("", nameof(DesktopSystem.Windows), Page)]
    [InlineData("", nameof(DesktopSystem.MacOS), "open")]
    [InlineData("", nameof(DesktopSystem.Unix), null)]
    [InlineData("DISPLAY=:0", nameof(DesktopSystem.Unix), "xdg-open")]
    [InlineData("WAYLAND_DISPLAY=wayland-0", nameof(DesktopSystem.Unix), "xdg-open")]
    [InlineData("DISPLAY= ", nameof(DesktopSystem.Unix), null)]
    // With a desktop that is sent over SSH the browser is seen; without one it would open at the other end.
    [InlineData("SSH_CONNECTION=192.0.2.1 50000 192.0.2.2 22;DISPLAY=localhost:10.0", nameof(DesktopSystem.Unix), "xdg-open")]
    [InlineData("SSH_CONNECTION=192.0.2.1 50000 192.0.2.2 22", nameof(DesktopSystem.MacOS), null)]
    [InlineData("SSH_CONNECTION=192.0.2.1 50000 192.0.2.2 22", nameof(DesktopSystem.Windows), null)]
    [InlineData("BROWSER=/opt/a browser", nameof(DesktopSystem.Unix), "/opt/a browser")]
    [InlineData("BROWSER=/opt/b;SSH_CONNECTION=192.0.2.1 50000 192.0.2.2 22", nameof(DesktopSystem.MacOS), "/opt/b")]
    [InlineData("BROWSER=b.exe;SSH_CONNECTION=192.0.2.1 50000 192.0.2.2 22", nameof(DesktopSystem.Windows), "b.exe")]
    public void The_browser_is_that_of_the_person(string environment, string system, string? program)
    {
        var variables = environment.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        ProcessStartInfo? start = BrowserLauncher.CreateStart(Page, variables.GetValueOrDefault, Enum.Parse<DesktopSystem>(system));
        if (program is null)
        {
            start.ShouldBeNull();
            return;
        }
        start.ShouldNotBeNull();
        if (system == nameof(DesktopSystem.Windows))
        {
            start.FileName.ShouldBe(program);
            start.UseShellExecute.ShouldBe(program == Page);
            start.ArgumentList.ShouldBe(program == Page ? [] : [Page]);
            return;
        }
        // Program and page are arguments of the script, and no part of it.
        start.UseShellExecute.ShouldBeFalse();
        start.ArgumentList.Count.ShouldBe(4);
        start.ArgumentList[1].ShouldNotContain("mail.example.org");
        start.ArgumentList.Skip(2).ShouldBe([program, Page]);
    }

    [Fact]
    public async Task A_program_that_fails_is_no_browser_and_one_that_opens_the_page_gets_it_as_it_is()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The scripts are of a Unix shell.");
        DirectoryInfo folder = Directory.CreateTempSubdirectory("mailadmin-browser-");
        try
        {
            string works = Write("works", $"printf '%s' \"$1\" > '{folder.FullName}/opened'; echo noise");
            string fails = Write("fails", "exit 3");
            (await RunAsync(works)).ShouldBe(0);
            (await File.ReadAllTextAsync(Path.Combine(folder.FullName, "opened"), TestContext.Current.CancellationToken)).ShouldBe(Page);
            (await RunAsync(fails)).ShouldBe(3);
            (await RunAsync(Path.Combine(folder.FullName, "missing"))).ShouldBe(127);
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        string Write(string name, string script)
        {
            string path = Path.Combine(folder.FullName, name);
            File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
            return path;
        }
    }

    private static async Task<int> RunAsync(string browser)
    {
        using Process process = Process.Start(BrowserLauncher.CreateStart(Page, name => name == "BROWSER" ? browser : null, DesktopSystem.Unix)!)!;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode;
    }
}
