// What a principal has already: of either family it is said with -WhatIf, and no write is sent where it was read.
using MailAdmin.Client;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Principals;

public sealed class UnchangedPrincipalTests
{
    [Theory]
    [InlineData("0.15", "jane.doe", "JANE.DOE", false)]
    [InlineData("0.15", "helpdesk", "HelpDesk", false)]
    [InlineData("0.15", "intranet", "INTRANET", false)]
    [InlineData("0.15", "example.net", "EXAMPLE.net", false)]
    [InlineData("0.16", "jane.doe@example.org", "JANE.DOE@example.org", false)]
    [InlineData("0.16", "staff@example.org", "Staff", false)]
    [InlineData("0.16", "example.net", "EXAMPLE.net", false)]
    [InlineData("0.16", "helpdesk", "HelpDesk", true)]
    [InlineData("0.16", "intranet", "INTRANET", true)]
    public void A_name_in_other_letters_is_another_one_only_where_the_server_keeps_them(string version, string name, string newName, bool isKept)
    {
        var server = new SandboxServer(new SandboxOptions { ServerVersion = version, AdminPassword = HostedShell.SandboxPassword });
        using var shell = HostedShell.CreateConnected(server);
        shell.Run($"Set-MailPrincipal {name} -NewName {newName} -WhatIf").ShouldHaveNoErrors();
        shell.HostText.Contains("already has these values", StringComparison.Ordinal).ShouldBe(!isKept);
        MailPrincipal changed = shell.Run($"Set-MailPrincipal {name} -NewName {newName} -PassThru").ShouldHaveNoErrors().OutputAs<MailPrincipal>().ShouldHaveSingleItem();
        changed.Name.ShouldBe(isKept ? newName : name);
        shell.Run($"Get-MailPrincipal {name}").ShouldHaveNoErrors().OutputAs<MailPrincipal>().ShouldHaveSingleItem().Name.ShouldBe(changed.Name);
        server.RequestLog.ShouldNotContain(line => line.Contains("PATCH", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("0.15", "Set-MailPrincipal jane.doe -AddMemberOf sales -AddRole user -Quota (Get-MailPrincipal jane.doe).Quota")]
    [InlineData("0.15", "Set-MailPrincipal sales -AddMember jane.doe")]
    [InlineData("0.15", "Enable-MailPrincipal jane.doe")]
    [InlineData("0.16", "Set-MailPrincipal jane.doe@example.org -AddMemberOf sales -AddRole user -Quota (Get-MailPrincipal jane.doe).Quota")]
    [InlineData("0.16", "Enable-MailPrincipal jane.doe@example.org")]
    public void What_is_so_already_is_said_with_WhatIf(string version, string command)
    {
        var server = new SandboxServer(new SandboxOptions { ServerVersion = version, AdminPassword = HostedShell.SandboxPassword });
        using var shell = HostedShell.CreateConnected(server);
        shell.Run($"{command} -WhatIf").ShouldHaveNoErrors();
        shell.HostText.ShouldContain("already has these values: nothing is sent");
        shell.HostText.ShouldNotContain("Performing");
    }

    // One step takes away what another one adds.
    [Theory]
    [InlineData("Disable-MailPrincipal jane.doe; Set-MailPrincipal jane.doe -DisabledPermission email-send -Enabled $false", "email-send, authenticate")]
    [InlineData("Set-MailPrincipal jane.doe -AddDisabledPermission email-send; Set-MailPrincipal jane.doe -DisabledPermission email-receive -AddEmail j9@example.org", "email-receive")]
    public void What_another_step_takes_away_is_added(string script, string denied)
    {
        var server = new SandboxServer(new SandboxOptions { ServerVersion = "0.15", AdminPassword = HostedShell.SandboxPassword });
        using var shell = HostedShell.CreateConnected(server);
        shell.Run(script).ShouldHaveNoErrors();
        shell.Run("(Get-MailPrincipal jane.doe).DisabledPermission").OutputAs<string>().ShouldBe(denied.Split(", "), ignoreOrder: true);
    }
}
