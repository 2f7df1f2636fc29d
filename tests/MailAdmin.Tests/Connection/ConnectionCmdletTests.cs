// Connecting: each way, each refusal, and what the connection shows.
using System.Management.Automation;
using System.Net;
using MailAdmin.PowerShell.Sessions;
using MailAdmin.Sandbox;
using MailAdmin.Sandbox.Host;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Connection;

public sealed class ConnectionCmdletTests
{
    [Theory]
    [InlineData("https://localhost:1/?token=zz5Secret")]
    [InlineData("localhost:1/#zz5Secret")]
    [InlineData("https://admin:zz5Secret@mail.example.org")]
    [InlineData("ftp://admin:zz5Secret@x")]
    [InlineData("ftp://x")]
    [InlineData("mail.example.org:bad")]
    [InlineData("mail.example.org:bad?token=zz5Secret")]
    [InlineData("https://")]
    public void What_is_no_address_is_refused_in_words_of_the_module(string address)
    {
        using var shell = new HostedShell();
        ErrorRecord error = shell.Run($"Connect-MailServer '{address}'").Errors.ShouldHaveSingleItem();
        error.FullyQualifiedErrorId.ShouldBe("InvalidAddress,MailAdmin.PowerShell.Cmdlets.Connection.ConnectMailServer");
        error.ToString().ShouldContain("address");
        error.ToString().ShouldContain("Specify");
        (error + error.Exception.ToString() + error.TargetObject).ShouldNotContain("zz5Secret");
        error.ToString().ShouldNotContain("baseUri");
    }

    [Fact]
    public void The_sandbox_needs_nothing_and_each_connect_is_a_new_organisation()
    {
        using var shell = new HostedShell();
        ScriptResult run = shell.Run("""
            Connect-MailServer -Sandbox
            New-MailPrincipal only.here -NoPassword
            $second = Connect-MailServer -Sandbox -NoDefault -Name second
            $second.IsDefault
            Get-MailPrincipal only.here -Connection $second -ErrorAction SilentlyContinue
            Get-MailPrincipal -Type Domain -Connection second
            """);
        run.ShouldHaveNoErrors();
        ((bool)run.Output[1].BaseObject).ShouldBeFalse();
        run.Output.Skip(2).Select(o => o.ToString()).ShouldBe(["example.net", "example.org"]);
    }

    [Fact]
    public void A_connection_shows_version_edition_and_permissions_and_no_secret()
    {
        using var shell = new HostedShell();
        ScriptResult run = shell.Run("Connect-MailServer -Sandbox -PassThru");
        var connection = (MailConnection)run.ShouldHaveNoErrors().Output[0].BaseObject;
        connection.ShouldSatisfyAllConditions(
            c => c.Version.ShouldBe(new Version(0, 11, 8)),
            c => c.Edition.ShouldBe("Enterprise"),
            c => c.Permission.ShouldContain("individual-create"),
            c => c.IsDefault.ShouldBeFalse("the default belongs to the runspace of the shell, not to this thread's"),
            c => c.UserName.ShouldBe("admin"),
            c => c.TokenExpires.ShouldNotBeNull());
        string shown = shell.Render("Get-MailConnection") + shell.Render("Test-MailConnection");
        shown.ShouldContain("0.11.8");
        shown.ShouldNotContain("secret", Case.Insensitive);
    }

    [Fact]
    public void Without_a_connection_the_error_names_the_way_out()
    {
        using var shell = new HostedShell();
        ErrorRecord error = shell.Run("Get-MailPrincipal").Errors.ShouldHaveSingleItem();
        error.FullyQualifiedErrorId.ShouldStartWith("NotConnected");
        error.ErrorDetails.RecommendedAction.ShouldContain("Connect-MailServer");
    }

    [Fact]
    public void Disconnect_forgets_and_a_closed_connection_says_so()
    {
        using var shell = new HostedShell();
        shell.Run("$c = Connect-MailServer -Sandbox -PassThru; $c | Disconnect-MailServer").ShouldHaveNoErrors();
        shell.Run("Get-MailConnection").Output.ShouldBeEmpty();
        shell.Run("Get-MailPrincipal").Errors.ShouldHaveSingleItem().FullyQualifiedErrorId.ShouldStartWith("NotConnected");
        shell.Run("Get-MailPrincipal -Connection $c").Errors.ShouldHaveSingleItem().FullyQualifiedErrorId.ShouldStartWith("ConnectionClosed");
    }

    [Theory]
    [InlineData("http://mail.example.org", "https")]
    [InlineData("https://user:secret@mail.example.org", "-Credential")]
    [InlineData("ftp://mail.example.org", "address")]
    public void An_address_that_would_harm_is_refused(string address, string hint)
    {
        using var shell = new HostedShell();
        shell.SetVariable("credential", new PSCredential("admin", new NetworkCredential("", "x").SecurePassword));
        ScriptResult run = shell.Run($"Connect-MailServer '{address}' -Credential $credential");
        run.Errors.ShouldHaveSingleItem().ToString().ShouldContain(hint, Case.Insensitive);
        run.Errors[0].ToString().ShouldNotContain("user:secret");
    }

    [Fact]
    public async Task A_wrong_password_is_sent_once_and_named_as_such()
    {
        var server = new SandboxServer(new SandboxOptions { Empty = true, AdminPassword = "right" });
        await using RunningSandbox running = await SandboxHost.StartAsync(server);
        using var shell = new HostedShell();
        shell.SetVariable("address", running.BaseUri.ToString());
        shell.SetVariable("credential", new PSCredential("admin", new NetworkCredential("", "wrong-secret").SecurePassword));
        ScriptResult run = shell.Run("Connect-MailServer $address -Credential $credential -Verbose -Debug");
        run.Errors.ShouldHaveSingleItem().FullyQualifiedErrorId.ShouldStartWith("Unauthorized");
        server.RequestLog.Count(l => l.Contains("/api/oauth", StringComparison.Ordinal)).ShouldBe(1);
        string.Concat(run.Verbose.Select(v => v.Message)).ShouldNotContain("wrong-secret");
    }

    [Fact]
    public void A_server_that_is_down_is_unreachable()
    {
        using var shell = new HostedShell();
        shell.SetVariable("credential", new PSCredential("admin", new NetworkCredential("", "x").SecurePassword));
        // Port 9 (discard) has no listener; loopback answers with a refusal at once.
        shell.Run("Connect-MailServer http://127.0.0.1:9 -Credential $credential -MaximumRetryCount 0").Errors
            .ShouldHaveSingleItem().FullyQualifiedErrorId.ShouldStartWith("Unreachable");
    }

    [Fact]
    public void Test_reports_and_Quiet_answers_true_or_false()
    {
        using var shell = new HostedShell();
        ScriptResult run = shell.Run("Connect-MailServer -Sandbox; Test-MailConnection -Quiet; (Test-MailConnection).Ready");
        run.ShouldHaveNoErrors().Output.Select(o => (bool)o.BaseObject).ShouldBe([true, true]);
    }

    [Fact]
    public void Codes_and_tokens_come_as_secure_strings()
    {
        using var shell = new HostedShell();
        ScriptResult run = shell.Run("Connect-MailServer -Sandbox; (Request-MailOAuthCode).Code; (Request-MailStreamToken Troubleshooting).Token");
        run.ShouldHaveNoErrors().Output.ShouldAllBe(o => o.BaseObject is System.Security.SecureString);
    }

    [Fact]
    public void The_escape_hatch_reads_writes_and_maps_errors()
    {
        using var shell = new HostedShell();
        shell.Run("Connect-MailServer -Sandbox").ShouldHaveNoErrors();
        shell.Run("(Invoke-MailApi 'principal?types=domain&fields=name').items.name").ShouldHaveNoErrors().OutputAs<string>().ShouldBe(["example.net", "example.org"]);
        shell.Run("(Invoke-MailApi 'principal?types=domain').items[0].id").ShouldHaveNoErrors().Output.Single().BaseObject.ShouldBeOfType<long>();
        shell.Run("Invoke-MailApi principal -Method POST -Body @{ type = 'domain'; name = 'new.test' } -Confirm:$false").ShouldHaveNoErrors();
        shell.Run("Invoke-MailApi principal/nobody").Errors.ShouldHaveSingleItem().FullyQualifiedErrorId.ShouldStartWith("NotFound");
        shell.Run("Invoke-MailApi ../auth/token").Errors.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("reload")]
    [InlineData("/reload")]
    [InlineData("/api/reload")]
    [InlineData(" reload")]
    [InlineData("reload/?x=1")]
    [InlineData("%72eload")]
    [InlineData("Reload/lookup")]
    [InlineData("store//purge/blob")]
    [InlineData("/api/store/purge/of/what/nobody/knows")]
    [InlineData("spam-filter/train/start")]
    public void A_GET_that_changes_the_server_is_not_sent_with_WhatIf(string path)
    {
        var server = new SandboxServer(new SandboxOptions { AdminPassword = HostedShell.SandboxPassword });
        using var shell = HostedShell.CreateConnected(server);
        int before = server.RequestCount;
        shell.Run($"Invoke-MailApi '{path}' -WhatIf").ShouldHaveNoErrors();
        server.RequestCount.ShouldBe(before);
    }

    [Theory]
    [InlineData("/api/principal?limit=1")]
    [InlineData("queue/status")]
    [InlineData("settings/list?prefix=server")]
    public void A_plain_read_is_sent_with_WhatIf_too(string path)
    {
        var server = new SandboxServer(new SandboxOptions { AdminPassword = HostedShell.SandboxPassword });
        using var shell = HostedShell.CreateConnected(server);
        int before = server.RequestCount;
        shell.Run($"Invoke-MailApi '{path}' -WhatIf").ShouldHaveNoErrors();
        server.RequestCount.ShouldBe(before + 1);
    }

    [Fact]
    public void Names_and_kinds_complete()
    {
        using var shell = new HostedShell();
        shell.Run("Connect-MailServer -Sandbox").ShouldHaveNoErrors();
        Complete(shell, "Get-MailPrincipal -Type Ind").ShouldBe(["Individual"]);
        Complete(shell, "Get-MailPrincipal jane").ShouldContain("jane.doe");
        Complete(shell, "Set-MailPrincipal x -AddMemberOf sal").ShouldContain("sales");
        Complete(shell, "New-MailPrincipal x -Role us").ShouldBe(["user"]);
        Complete(shell, "New-MailPrincipal x -Type Role -EnabledPermission individual-cr").ShouldBe(["individual-create"]);
        shell.Run("Disconnect-MailServer").ShouldHaveNoErrors();
        Complete(shell, "Set-MailPrincipal x -AddMemberOf sal").ShouldNotContain("sales");
    }

    private static string[] Complete(HostedShell shell, string line)
    {
        using var ps = System.Management.Automation.PowerShell.Create(shell.Runspace);
        return [.. CommandCompletion.CompleteInput(line, line.Length, null, ps).CompletionMatches.Select(m => m.ListItemText)];
    }
}
