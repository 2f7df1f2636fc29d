using System.Management.Automation;
using MailAdmin.PowerShell.Sessions;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Connection;

public sealed class ConnectionNameTests
{
    [Fact]
    public void Connections_that_nobody_holds_do_not_pile_up()
    {
        using var shell = new HostedShell();
        ScriptResult run = shell.Run("1..5 | ForEach-Object { Connect-MailServer -Sandbox -Verbose }");
        run.ShouldHaveNoErrors().Warnings.ShouldBeEmpty();
        run.Verbose.Count(line => line.Message.Contains("earlier connection 'sandbox'", StringComparison.Ordinal)).ShouldBe(4);
        RunspaceConnections.Find(shell.Runspace)!.OpenConnections.ShouldHaveSingleItem().IsDefault.ShouldBeFalse("outside the runspace");
        shell.Run("Get-MailPrincipal -First 1").ShouldHaveNoErrors().Output.Count.ShouldBe(1);
    }

    [Fact]
    public void One_that_a_script_may_hold_is_kept_and_the_next_one_gets_a_number()
    {
        using var shell = new HostedShell();
        shell.Run("$a = Connect-MailServer -Sandbox -PassThru; $b = Connect-MailServer -Sandbox -NoDefault; Connect-MailServer -Sandbox").ShouldHaveNoErrors();
        shell.Run("(Get-MailConnection).Name").Output.Select(name => name.ToString()).ShouldBe(["sandbox", "sandbox-2", "sandbox-3"]);
        shell.Run("Get-MailPrincipal -First 1 -Connection $a; Get-MailPrincipal -First 1 -Connection $b; Get-MailPrincipal -First 1 -Connection sandbox-2").ShouldHaveNoErrors().Output.Count.ShouldBe(3);
    }

    [Fact]
    public void One_beside_the_default_does_not_take_its_place()
    {
        using var shell = new HostedShell();
        shell.Run("Connect-MailServer -Sandbox; $test = Connect-MailServer -Sandbox -NoDefault; $null = Get-MailPrincipal -First 1; $null = Get-MailPrincipal -First 1 -Connection $test").ShouldHaveNoErrors();
        shell.Run("(Get-MailConnection).Name").Output.Select(name => name.ToString()).ShouldBe(["sandbox", "sandbox-2"]);
    }

    [Fact]
    public void A_name_that_is_given_again_replaces_with_a_word()
    {
        using var shell = new HostedShell();
        ScriptResult run = shell.Run("1..200 | ForEach-Object { Connect-MailServer -Sandbox -Name stage }; $held = Connect-MailServer -Sandbox -Name stage -PassThru; Connect-MailServer -Sandbox -Name STAGE");
        run.ShouldHaveNoErrors().Warnings.Count.ShouldBe(201);
        run.Warnings[^1].Message.ShouldContain("'stage'");
        shell.Run("@(Get-MailConnection).Count").Output.Single().BaseObject.ShouldBe(1);
        shell.Run("Get-MailPrincipal -First 1 -Connection $held").Errors.ShouldHaveSingleItem();
        shell.Run("Get-MailPrincipal -First 1").ShouldHaveNoErrors();
    }

    [Fact]
    public void A_missing_default_is_told_with_what_is_open()
    {
        using var shell = new HostedShell();
        shell.Run("Get-MailQueueStatus").Errors.ShouldHaveSingleItem().ToString().ShouldContain("no connection to a mail server");
        shell.Run("$null = Connect-MailServer -Sandbox -Name 'b 1' -NoDefault").ShouldHaveNoErrors();
        ErrorRecord error = shell.Run("Get-MailQueueStatus").Errors.ShouldHaveSingleItem();
        error.FullyQualifiedErrorId.ShouldStartWith("NotConnected");
        error.ToString().ShouldBe("There is no default connection in this runspace. Open connections: b 1.");
        error.ErrorDetails.RecommendedAction.ShouldContain("-Connection 'b 1'");
        shell.Run("$closed = Get-MailConnection 'b 1'; Disconnect-MailServer 'b 1'; Get-MailQueueStatus -Connection $closed").Errors.ShouldHaveSingleItem().ToString().ShouldContain("'b 1' has been closed");
    }

    [Theory]
    [InlineData("Connect-MailServer -Sandbox -Name a; $null = Connect-MailServer -Sandbox -Name a -NoDefault", true)]
    [InlineData("Connect-MailServer -Sandbox -Name a; Connect-MailServer -Sandbox -Name a", false)]
    [InlineData("Connect-MailServer -Sandbox -Name b; $null = Connect-MailServer -Sandbox -Name a -NoDefault; $null = Connect-MailServer -Sandbox -Name a -NoDefault", false)]
    public void A_default_that_is_replaced_by_none_is_told(string script, bool isTold)
    {
        using var shell = new HostedShell();
        shell.Run(script).ShouldHaveNoErrors().Warnings.ShouldHaveSingleItem().Message.Contains("no default connection now", StringComparison.Ordinal).ShouldBe(isTold);
        shell.Run("Get-MailQueueStatus").Errors.Count.ShouldBe(isTold ? 1 : 0);
    }
}
