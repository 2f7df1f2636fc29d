// Tasks of servers from 0.16 on, and the maintenance that is one: against the sandbox, and against a server of a few lines for what fails.
using MailAdmin.Client;
using MailAdmin.Client.Jmap;
using MailAdmin.PowerShell.Cmdlets.Maintenance;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Tasks;

public sealed class TaskCmdletTests : IDisposable
{
    private const string Failed = """{"domainId":"b","status":{"createdAt":"2026-11-29T05:02:13Z","failedAt":"2026-11-29T05:02:14Z","failedAttemptNumber":0,"failureReason":"No provider.","@type":"Failed"},"@type":"DkimManagement","id":"jq7g"}""";

    private readonly SandboxServer _server = new(new SandboxOptions { Empty = true, ServerVersion = "0.16", AdminPassword = HostedShell.SandboxPassword });
    private readonly HostedShell _shell;

    public TaskCmdletTests()
    {
        _shell = HostedShell.CreateConnected(_server);
        _shell.SetVariable("PSDefaultParameterValues", new System.Management.Automation.DefaultParameterDictionary());
        _shell.Run("New-MailPrincipal jane@example.org -NoPassword -Quota 1GB; New-MailPrincipal john@example.org -NoPassword").ShouldHaveNoErrors();
    }

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("Invoke-MailPurge jane -Force", "AccountMaintenance", "Purge", "jane@example.org")]
    [InlineData("Invoke-MailReindex jane@example.org", "AccountMaintenance", "Reindex", "jane@example.org")]
    [InlineData("Get-MailPrincipal jane | Reset-MailImapUid -Force", "AccountMaintenance", "RecalculateImapUid", "jane@example.org")]
    [InlineData("Update-MailQuotaUsage jane", "AccountMaintenance", "RecalculateQuota", "jane@example.org")]
    [InlineData("Invoke-MailPurge -Scope AllAccounts -Force", "StoreMaintenance", "PurgeAccounts", null)]
    [InlineData("Invoke-MailPurge -Scope Blob -Force", "StoreMaintenance", "PurgeBlob", null)]
    [InlineData("Invoke-MailPurge -Scope Data -Force", "StoreMaintenance", "PurgeData", null)]
    [InlineData("Invoke-MailReindex -All -Force", "StoreMaintenance", "ReindexAccounts", null)]
    [InlineData("Invoke-MailReindex -All -Index Tracing -Force", "StoreMaintenance", "ReindexTelemetry", null)]
    [InlineData("Update-MailSpamFilter", "SpamFilterMaintenance", "UpdateRules", null)]
    public void Maintenance_gives_the_task_that_the_server_has(string script, string kind, string maintenance, string? account)
    {
        MailTask task = _shell.Run(script).ShouldHaveNoErrors().OutputAs<MailTask>().ShouldHaveSingleItem();
        (task.Kind, task.Maintenance, task.Account, task.State).ShouldBe((kind, maintenance, account, "Pending"));
        task.Server.ShouldNotBeNull();
        JmapId.IsValid(task.Id).ShouldBeTrue();
    }

    [Fact]
    public void A_failed_update_of_the_spam_rules_names_the_property_with_their_address()
    {
        System.Management.Automation.ErrorRecord error = _shell.Run("Update-MailSpamFilter -Wait").Errors.ShouldHaveSingleItem();
        error.ToString().ShouldContain("There is no address to load rules from");
        error.ErrorDetails.RecommendedAction.ShouldContain("Set-MailObject SpamSettings -Property @{ spamFilterRulesUrl = 'https://...' }");
        _shell.Run("Set-MailObject SpamSettings -Property @{ spamFilterRulesUrl = 'https://rules.example.org/spam.json.gz' } -NoReload").ShouldHaveNoErrors();
        _shell.Run("Update-MailSpamFilter -Wait").Errors.ShouldHaveSingleItem().ToString().ShouldContain("https://rules.example.org/spam.json.gz cannot be loaded: this sandbox has no network");
        // Other tasks have other reasons.
        _shell.Run("Get-MailTask -State Failed").ShouldHaveNoErrors().OutputAs<MailTask>().Length.ShouldBe(2);
    }

    [Fact]
    public void WhatIf_begins_no_task()
    {
        _shell.Run("""
            Invoke-MailPurge jane -Force -WhatIf; Invoke-MailPurge -Scope Data -WhatIf; Invoke-MailReindex -All -WhatIf; Reset-MailImapUid jane -WhatIf
            Update-MailQuotaUsage jane -WhatIf; Update-MailSpamFilter -WhatIf; Update-MailWebAdmin -WhatIf; Invoke-MailSettingReload -WhatIf; Suspend-MailQueue -WhatIf
            Invoke-MailPurge jane -Force -Wait -WhatIf
            """).ShouldHaveNoErrors().Output.ShouldBeEmpty();
        _shell.Run("Get-MailTask").ShouldHaveNoErrors().Output.ShouldBeEmpty();
        _shell.Run("Invoke-MailPurge nobody -WhatIf").Errors.ShouldHaveSingleItem().FullyQualifiedErrorId.ShouldStartWith("NotFound");
    }

    [Fact]
    public async Task Tasks_are_listed_by_kind_and_state_and_removed_from_the_pipeline()
    {
        // What is not due yet stays.
        foreach (string name in (string[])["jane@example.org", "john@example.org"])
        {
            _shell.SetVariable("name", name);
            string id = _shell.Run("(Get-MailPrincipal $name).Id").OutputAs<uint>().Select(id => JmapId.FromNumber(id)).Single();
            await AddLaterAsync($$"""{"@type":"AccountMaintenance","accountId":"{{id}}","maintenanceType":"purge","status":{"@type":"Pending","due":"2126-11-29T07:04:11Z"} }""");
        }
        await AddLaterAsync("""{"@type":"SpamFilterMaintenance","maintenanceType":"updateRules","status":{"@type":"Pending","due":"2126-11-29T08:04:11Z"} }""");
        MailTask first = _shell.Run("Get-MailTask").ShouldHaveNoErrors().OutputAs<MailTask>()[0];
        (first.Kind, first.Maintenance, first.State, first.Due).ShouldBe(("AccountMaintenance", "Purge", "Pending", new DateTimeOffset(2126, 11, 29, 7, 4, 11, TimeSpan.Zero)));
        first.Created.ShouldNotBeNull();
        _shell.Run("Get-MailTask").OutputAs<MailTask>().Length.ShouldBe(3);
        _shell.Run("Get-MailTask -Kind AccountMaintenance").OutputAs<MailTask>().Select(task => task.Account).ShouldBe(["jane@example.org", "john@example.org"], ignoreOrder: true);
        _shell.Run("Get-MailTask -Kind SpamFilterMaintenance, AccountMaintenance -State Pending").OutputAs<MailTask>().Length.ShouldBe(3);
        _shell.Run("Get-MailTask -First 2").OutputAs<MailTask>().Length.ShouldBe(2);
        _shell.Run("(Get-MailTask -First 1 -IncludeTotalCount)[0] -eq 3").OutputAs<bool>().ShouldBe([true]);
        // The server's own filter lets everything through.
        _shell.Run("Get-MailTask -State Retry").ShouldHaveNoErrors().Output.ShouldBeEmpty();
        _shell.Run("Get-MailTask -State Failed").ShouldHaveNoErrors().Output.ShouldBeEmpty();
        _shell.Run("Get-MailTask -Kind AccountMaintenance | Remove-MailTask -WhatIf").ShouldHaveNoErrors();
        _shell.HostText.ShouldContain("AccountMaintenance Purge of jane@example.org, Pending");
        _shell.Run("Get-MailTask -Kind AccountMaintenance | Remove-MailTask").ShouldHaveNoErrors();
        _shell.Run("Get-MailTask").OutputAs<MailTask>().Select(task => task.Maintenance).ShouldBe(["UpdateRules"]);
        _shell.Run("Remove-MailTask (Get-MailTask), zzzz").Errors.ShouldHaveSingleItem().Exception.Message.ShouldContain("no task 'zzzz'");
        _shell.Run("Get-MailTask").Output.ShouldBeEmpty();
        _shell.Run("Get-MailTask zzzz").Errors.ShouldHaveSingleItem().FullyQualifiedErrorId.ShouldStartWith("NotFound");
        _shell.Run("Get-MailTask 'not-an-id'; Remove-MailTask 'not-an-id'").Errors.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Waiting_ends_when_the_task_is_gone()
    {
        // The sandbox does not purge accounts: somebody else's hand ends the task.
        bool isOver = false;
        var end = Task.Run(async () =>
        {
            while (!Volatile.Read(ref isOver))
            {
                if (await _server.QueryAsync("Task", "{}", s_admin) is { Length: > 0 } id)
                {
                    await _server.CallAsync("x:Task/set", $$"""{"destroy":["{{id}}"]}""", s_admin);
                    return;
                }
                await Task.Delay(50, TestContext.Current.CancellationToken);
            }
        }, TestContext.Current.CancellationToken);
        MailTask task = _shell.Run("Invoke-MailPurge jane -Force -Wait").ShouldHaveNoErrors().OutputAs<MailTask>().ShouldHaveSingleItem();
        Volatile.Write(ref isOver, true);
        await end;
        (task.State, task.Account).ShouldBe(("Done", "jane@example.org"));
    }

    [Fact]
    public async Task Waiting_for_a_task_that_fails_is_an_error_with_its_reason()
    {
        using HostedShell shell = await ConnectedAsync((method, arguments) => method switch
        {
            "x:Task/set" => """{"created":{"0":{"id":"jq7g"}}}""",
            "x:Task/get" => $$"""{"list":[{{Failed}}],"notFound":[]}""",
            _ => """{"list":[{"id":"b","name":"example.org"}],"notFound":[]}""",
        });
        System.Management.Automation.ErrorRecord error = shell.Run("Update-MailSpamFilter -Wait").Errors.ShouldHaveSingleItem();
        error.Exception.Message.ShouldContain("failed: No provider.");
        error.FullyQualifiedErrorId.ShouldStartWith("RejectedByServer");
        MailTask task = shell.Run("Get-MailTask jq7g").OutputAs<MailTask>().ShouldHaveSingleItem();
        (task.Domain, task.State, task.FailureReason, task.Attempt).ShouldBe(("example.org", "Failed", "No provider.", 0));
        task.Ended.ShouldBe(DateTimeOffset.Parse("2026-11-29T05:02:14Z", System.Globalization.CultureInfo.InvariantCulture));
        shell.Render("Get-MailTask jq7g").ShouldContain("DkimManagement of example.org");
    }

    [Fact]
    public async Task A_purge_of_blobs_is_done_when_the_tasks_that_it_makes_are()
    {
        // 256 on a real server. One was there before, and is somebody else's.
        var left = new List<string> { "bb", "jq7h", "jq7i" };
        int rounds = 0;
        using HostedShell shell = await ConnectedAsync((method, arguments) =>
        {
            switch (method)
            {
                case "x:Task/set":
                    return """{"created":{"0":{"id":"jq7g"}}}""";
                case "x:Task/query":
                    return rounds > 0 && arguments.TryGetProperty("anchor", out _) ? """{"ids":[]}""" : $$"""{"ids":[{{string.Join(',', left.Select(id => $"\"{id}\""))}}]}""";
                default:
                    rounds++;
                    if (rounds > 3)
                    {
                        left.Remove(rounds == 4 ? "jq7h" : "jq7i");
                    }
                    ILookup<bool, string> asked = arguments.GetProperty("ids").EnumerateArray().Select(id => id.GetString()!).ToLookup(left.Contains);
                    IEnumerable<string> there = asked[true].Select(id => $$"""{"id":"{{id}}","@type":"StoreMaintenance","maintenanceType":"purgeBlob","status":{"@type":"Pending","due":"2026-11-29T05:02:13Z"} }""");
                    return $$"""{"list":[{{string.Join(',', there)}}],"notFound":[{{string.Join(',', asked[false].Select(id => $"\"{id}\""))}}]}""";
            }
        });
        shell.Run("Invoke-MailPurge -Scope Blob -Force -Wait").ShouldHaveNoErrors().OutputAs<MailTask>().ShouldHaveSingleItem().State.ShouldBe("Done");
        left.ShouldBe(["bb"]);
        rounds.ShouldBeGreaterThan(4);
    }

    [Theory]
    [InlineData("Invoke-MailReindex jane -Index Email", "Omit -Index")]
    [InlineData("Invoke-MailReindex jane -Index Tracing", "-All -Index Tracing")]
    [InlineData("Invoke-MailReindex -All -Force -Index Calendar, Tracing", "Omit -Index")]
    [InlineData("Invoke-MailPurge -Scope InMemory -Force", "-Scope Data")]
    [InlineData("Update-MailSpamFilter -Overwrite", "-Overwrite")]
    [InlineData("Update-MailSpamFilter -IgnoreVersion", "-IgnoreVersion")]
    [InlineData("Invoke-MailSettingReload -DryRun", "no reload that only reports")]
    [InlineData("Suspend-MailQueue -PassThru", "-PassThru")]
    [InlineData("Resume-MailQueue -PassThru", "-PassThru")]
    public void What_the_server_has_nothing_like_is_refused_by_name_before_anything_is_sent(string script, string words)
    {
        int before = _server.RequestCount;
        System.Management.Automation.ErrorRecord error = _shell.Run(script).Errors.ShouldHaveSingleItem();
        error.FullyQualifiedErrorId.ShouldStartWith("Unsupported");
        error.Exception.Message.ShouldStartWith("Nothing was sent");
        error.Exception.Message.ShouldContain(words);
        _server.RequestCount.ShouldBe(before);
    }

    [Fact]
    public async Task What_is_gone_has_no_id_for_a_name_and_lacks_no_permission()
    {
        using HostedShell shell = await ConnectedAsync((method, arguments) => method switch
        {
            "x:Task/get" => $$"""{"list":[{{Failed}}],"notFound":[]}""",
            _ => """{"list":[],"notFound":["b"]}""",
        });
        ScriptResult run = shell.Run("Get-MailTask jq7g");
        MailTask task = run.ShouldHaveNoErrors().OutputAs<MailTask>().ShouldHaveSingleItem();
        (task.Domain, task.UnknownParts.Single(), task.Summary, task.AdditionalData["domainId"]).ShouldBe((null, "Domain", "DkimManagement of an unknown domain", "b"));
        run.Warnings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Get-MailTask")]
    [InlineData("Get-MailTask abc")]
    [InlineData("Remove-MailTask abc")]
    [InlineData("Invoke-MailPurge jane -Force -Wait")]
    [InlineData("Invoke-MailReindex jane -Wait")]
    [InlineData("Reset-MailImapUid jane -Force -Wait")]
    [InlineData("Update-MailQuotaUsage jane -Wait")]
    [InlineData("Update-MailSpamFilter -Wait")]
    public void A_server_before_0_16_has_no_tasks_and_says_so_before_anything_is_sent(string script)
    {
        SandboxServer older = HostedShell.CreateServer();
        using var shell = HostedShell.CreateConnected(older);
        int before = older.RequestCount;
        System.Management.Automation.ErrorRecord error = shell.Run(script).Errors.ShouldHaveSingleItem();
        error.FullyQualifiedErrorId.ShouldStartWith("Unsupported");
        error.Exception.Message.ShouldContain("before 0.16 have no tasks");
        older.RequestCount.ShouldBe(before);
    }

    [Fact]
    public void Usage_comes_with_the_quota()
    {
        MailQuotaUsage usage = _shell.Run("Get-MailQuotaUsage jane").ShouldHaveNoErrors().OutputAs<MailQuotaUsage>().ShouldHaveSingleItem();
        (usage.Account, usage.UsedBytes, usage.Quota).ShouldBe(("jane@example.org", 0L, 1L << 30));
        _shell.Run("Get-MailQuotaUsage example.org").Errors.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_reload_that_something_else_stops_names_the_object()
    {
        (await _server.UpdateAsync("SpamPyzor", "singleton", """{"enable":false}""", s_admin)).ShouldBeNull();
        _shell.Run("'All', 'Lookup', 'Certificate', 'BlockedIp' | ForEach-Object { Invoke-MailSettingReload $_ }").ShouldHaveNoErrors().Output.ShouldBeEmpty();
        (await _server.UpdateAsync("SpamPyzor", "singleton", """{"enable":true}""", s_admin)).ShouldBeNull();
        ScriptResult run = _shell.Run("Invoke-MailSettingReload");
        MailSettingProblem problem = run.OutputAs<MailSettingProblem>().ShouldHaveSingleItem();
        (problem.Key, problem.ObjectId, problem.Severity, problem.Kind).ShouldBe(("SpamPyzor", "singleton", MailSettingSeverity.Error, "validationFailed"));
        System.Management.Automation.ErrorRecord error = run.Errors.ShouldHaveSingleItem();
        error.Exception.Message.ShouldContain("SpamPyzor");
        error.Exception.Message.ShouldContain("applied nothing");
        error.ErrorDetails.RecommendedAction.ShouldNotContain("Set-MailSetting");
    }

    [Fact]
    public void What_the_server_does_not_tell_is_said()
    {
        _shell.Run("Update-MailWebAdmin").ShouldHaveNoErrors().Warnings.ShouldHaveSingleItem().Message.ShouldContain("does not say whether it could");
        _shell.Run("Update-MailWebAdmin -WarningAction SilentlyContinue").OutputAs<MailUpdateResult>().ShouldHaveSingleItem().Updated.ShouldBeNull();
        _shell.Run("Suspend-MailQueue").ShouldHaveNoErrors().Warnings.ShouldHaveSingleItem().Message.ShouldContain("does not tell");
        _shell.Run("Resume-MailQueue").ShouldHaveNoErrors().Warnings.ShouldHaveSingleItem().Message.ShouldContain("does not tell");
    }

    private static readonly string s_admin = SandboxServerExtensions.CreateBasicAuthorization("admin", HostedShell.SandboxPassword);

    private async Task AddLaterAsync(string task) =>
        (await _server.CallAsync("x:Task/set", $$$"""{"create":{"n":{{{task}}} } }""", s_admin)).Answer["created"].ShouldNotBeNull();

    private static async Task<HostedShell> ConnectedAsync(Func<string, System.Text.Json.JsonElement, string> answer)
    {
        var server = new FakeJmapServer(request => request.Answer(answer));
        var shell = new HostedShell();
        shell.Connect(await server.ConnectAsync());
        return shell;
    }
}
