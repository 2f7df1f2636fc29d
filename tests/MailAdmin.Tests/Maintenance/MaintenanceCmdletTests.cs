// Updates and reindexing: against the sandbox, which has no network, and against a server of a few lines for the rest.
using MailAdmin.Client;
using MailAdmin.PowerShell.Cmdlets.Maintenance;
using MailAdmin.PowerShell.Sessions;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Maintenance;

public sealed class MaintenanceCmdletTests : IDisposable
{
    private readonly SandboxServer _server = HostedShell.CreateServer();
    private readonly HostedShell _shell;

    public MaintenanceCmdletTests()
    {
        _shell = HostedShell.CreateConnected(_server);
        _shell.Run("New-MailPrincipal jane -NoPassword -Email jane@example.org; New-MailPrincipal 'odd+name=x' -NoPassword").ShouldHaveNoErrors();
    }

    public void Dispose() => _shell.Dispose();

    private string[] Sent => [.. _server.RequestLog.Where(line => line.Contains("/update/", StringComparison.Ordinal) || line.Contains("/reindex", StringComparison.Ordinal))];

    [Fact]
    public void An_account_is_reindexed_by_name_address_or_object()
    {
        _shell.Run("'jane', 'odd+name=x' | Invoke-MailReindex; Invoke-MailReindex jane@example.org; Get-MailPrincipal jane | Invoke-MailReindex").ShouldHaveNoErrors().Output.ShouldBeEmpty();
        Sent.ShouldBe(["GET /api/store/reindex/jane", "GET /api/store/reindex/odd%2Bname%3Dx", "GET /api/store/reindex/jane", "GET /api/store/reindex/jane"], ignoreOrder: true);
    }

    [Fact]
    public void An_unknown_account_is_named_and_the_others_go_on()
    {
        ScriptResult run = _shell.Run("'nobody', 'nobody@example.org', 'jane' | Invoke-MailReindex");
        run.Errors.Select(e => e.TargetObject).ShouldBe(["nobody", "nobody@example.org"]);
        run.Errors.ShouldAllBe(e => e.FullyQualifiedErrorId.StartsWith("NotFound", StringComparison.Ordinal) && e.ToString().Contains("'nobody", StringComparison.Ordinal));
        Sent.ShouldContain("GET /api/store/reindex/jane");
    }

    [Fact]
    public void All_accounts_are_asked_about_unless_told_otherwise()
    {
        // Nobody is there to answer.
        _shell.Run("Invoke-MailReindex -All").Errors.ShouldNotBeEmpty();
        Sent.ShouldBeEmpty();
        _shell.Run("Invoke-MailReindex -All -Force; Invoke-MailReindex -All -Confirm:$false").ShouldHaveNoErrors();
        Sent.ShouldBe(["GET /api/store/reindex", "GET /api/store/reindex"]);
    }

    [Theory]
    [InlineData("Invoke-MailReindex ''")]
    [InlineData("Invoke-MailReindex $undefined")]
    [InlineData("Invoke-MailReindex '*' -Force")]
    [InlineData("Invoke-MailReindex -All:$false -Force")]
    [InlineData("Invoke-MailReindex jane -Index Calendar")]
    [InlineData("Invoke-MailReindex jane -Index Everything")]
    [InlineData("[version]'4.2' | Invoke-MailReindex")]
    public void What_names_no_account_or_no_index_is_refused_before_anything_is_rebuilt(string script)
    {
        int before = _server.RequestCount;
        _shell.Run(script).Errors.ShouldHaveSingleItem();
        // An account is looked for.
        _server.RequestLog.Skip(before).ShouldAllBe(line => line == "GET /api/principal/jane");
    }

    [Fact]
    public void A_domain_is_no_account()
    {
        _shell.Run("Get-MailPrincipal example.org | Invoke-MailReindex").Errors.ShouldHaveSingleItem().ToString().ShouldContain("not an account");
        Sent.ShouldBeEmpty();
    }

    // What is refused is refused before the question, and of every kind of server.
    [Theory]
    [InlineData("0.13", "jane -Index Calendar", "from server 0.15 on")]
    [InlineData("0.13", "-All -Index Tracing", "from server 0.15 on")]
    [InlineData("0.15", "jane -Index Tracing", "-All -Index Tracing")]
    [InlineData("0.16", "jane@example.org -Index Tracing", "-All -Index Tracing")]
    [InlineData("0.16", "jane@example.org -Index File", "Omit -Index")]
    [InlineData("0.16", "-All -Index Email, Tracing", "by a command of its own: -All -Index Tracing")]
    public void An_index_that_the_server_does_not_have_is_refused_with_WhatIf_too(string version, string arguments, string advice)
    {
        using HostedShell shell = CreateShell(version);
        foreach (string mode in (string[])["-WhatIf", "-Force"])
        {
            ScriptResult run = shell.Run($"Invoke-MailReindex {arguments} {mode}");
            run.Errors.ShouldHaveSingleItem().ToString().ShouldContain(advice);
        }
    }

    // A group has mail of its own, and traces are of no account.
    [Theory]
    [InlineData("0.13", "", "all 2 accounts, groups included?")]
    [InlineData("0.15", "-Index Email", "all 2 accounts, groups included?")]
    [InlineData("0.15", "-Index Email, Tracing", "all 2 accounts, groups included and the traces of the server?")]
    [InlineData("0.15", "-Index Tracing", ": the traces of the server?")]
    [InlineData("0.16", "", "all 2 accounts, groups included?")]
    [InlineData("0.16", "-Index Tracing", ": the traces of the server?")]
    public void The_question_says_what_is_rebuilt(string version, string arguments, string target)
    {
        using HostedShell shell = CreateShell(version);
        int before = shell.Run("(Get-MailPrincipal -Type Individual, Group).Count").OutputAs<int>().Single();
        shell.Run("New-MailPrincipal -Type Group press@example.org -Email press@example.org").ShouldHaveNoErrors();
        shell.Run($"Invoke-MailReindex -All {arguments}").Errors.ShouldHaveSingleItem().ToString().ShouldContain(target.Replace("all 2", $"all {before + 1}", StringComparison.Ordinal));
    }

    private static HostedShell CreateShell(string version)
    {
        var shell = new HostedShell();
        shell.Run($"Connect-MailServer -Sandbox -ServerVersion {version}").ShouldHaveNoErrors();
        return shell;
    }

    [Fact]
    public void WhatIf_only_looks_for_the_account()
    {
        int before = _server.RequestCount;
        _shell.Run("""
            Update-MailSpamFilter -Overwrite -WhatIf
            Update-MailWebAdmin -WhatIf
            Invoke-MailReindex jane -WhatIf
            Invoke-MailReindex -All -Force -WhatIf
            $WhatIfPreference = $true
            Update-MailSpamFilter
            """).ShouldHaveNoErrors();
        _server.RequestLog.Skip(before).ShouldBe(["GET /api/principal/jane"]);
    }

    [Fact]
    public void A_server_without_a_network_says_so_once()
    {
        ScriptResult run = _shell.Run("Update-MailSpamFilter; Update-MailWebAdmin");
        run.Errors.Count.ShouldBe(2);
        run.Errors.ShouldAllBe(e => e.FullyQualifiedErrorId.StartsWith("ServerError", StringComparison.Ordinal) && e.ErrorDetails.RecommendedAction.Contains("network", StringComparison.Ordinal));
        Sent.ShouldBe(["GET /api/update/spam-filter", "GET /api/update/webadmin"]);
    }

    [Fact]
    public async Task Updates_say_what_was_installed()
    {
        var fake = new FakeServer(request => request.Target switch
        {
            "/api/update/spam-filter" => TestResponses.Data("null"),
            "/api/update/spam-filter?overwrite=1&force=1" => TestResponses.Data("\"2.0.3\""),
            _ => TestResponses.Data("null"),
        });
        using HostedShell shell = await ConnectedAsync(fake);
        shell.Run("Update-MailSpamFilter; Update-MailSpamFilter -Overwrite -IgnoreVersion; Update-MailWebAdmin").ShouldHaveNoErrors().OutputAs<MailUpdateResult>()
            .Select(r => (r.Component, r.Updated, r.Version)).ShouldBe([("SpamFilter", false, null), ("SpamFilter", true, "2.0.3"), ("WebAdmin", true, null)]);
        shell.Render("Update-MailSpamFilter -Overwrite -IgnoreVersion").ShouldContain("2.0.3");
    }

    [Fact]
    public async Task From_0_15_an_index_is_named()
    {
        var fake = new FakeServer(request => TestResponses.Data(request.Target == "/api/principal/jane" ? """{"id":7,"type":"individual","name":"jane"}""" : "null")) { Version = "0.15.5" };
        using HostedShell shell = await ConnectedAsync(fake);
        shell.Run("Invoke-MailReindex jane -ThrottleLimit 1; Invoke-MailReindex jane -Index Calendar, File; Invoke-MailReindex -All -Force -Index Tracing").ShouldHaveNoErrors();
        shell.Run("Invoke-MailReindex jane -Index Tracing").Errors.ShouldHaveSingleItem();
        fake.RequestLines.Where(line => line != "GET /api/principal/jane").ShouldBe(["GET /api/store/reindex/email/jane", "GET /api/store/reindex/calendar/jane", "GET /api/store/reindex/file/jane", "GET /api/store/reindex/tracing"]);
    }

    [Fact]
    public async Task Warnings_of_a_reload_are_objects_and_no_errors()
    {
        var fake = new FakeServer(request => TestResponses.Data(request.Method == HttpMethod.Post ? "null" : """{"warnings":{"a.b":{"type":"unread","value":"x"},"c.secret":{"type":"unread","value":"hush-hush"},"d":{"type":"appliedDefault","default":"5m"},"e":{"type":"missing"},"f":{"type":"new-word"}},"errors":{}}"""));
        using HostedShell shell = await ConnectedAsync(fake);
        MailAdmin.Client.MailSettingProblem[] problems = shell.Run("Invoke-MailSettingReload").ShouldHaveNoErrors().OutputAs<MailAdmin.Client.MailSettingProblem>();
        problems.Select(p => (p.Key, p.Kind)).ShouldBe([("a.b", "unread"), ("c.secret", "unread"), ("d", "appliedDefault"), ("e", "missing"), ("f", "new-word")]);
        problems[1].Message.ShouldNotContain("hush-hush");
        problems[2].Message.ShouldContain("5m");
        shell.Run("Test-MailSetting -Quiet").OutputAs<bool>().ShouldBe([true]);
        shell.Run("Set-MailSetting a b -Reload").ShouldHaveNoErrors().Warnings.Count.ShouldBe(5);
    }

    private static async Task<HostedShell> ConnectedAsync(FakeServer fake)
    {
        MailClient client = await fake.ConnectAsync();
        var shell = new HostedShell();
        RunspaceConnections.GetOrCreate(shell.Runspace).Add(new MailConnection(client, "fake", isSandbox: true), makeDefault: true);
        return shell;
    }
}
