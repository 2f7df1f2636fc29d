// Deleted items of a server from 0.16 on: objects that are gone when their restoration is requested, and a task that restores them.
using System.Collections.Immutable;
using System.Management.Automation;
using System.Net;
using System.Text.Json;
using MailAdmin.Client;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Store;

public sealed class JmapDeletedItemTests : IDisposable
{
    private const string Password = "jane walks a made-up road";
    private static readonly CancellationToken s_cancellationToken = TestContext.Current.CancellationToken;

    private readonly SandboxServer _server = Create(SandboxEdition.Enterprise);
    private readonly HostedShell _shell;

    public JmapDeletedItemTests()
    {
        _shell = HostedShell.CreateConnected(_server);
        AddAccounts(_shell);
        ArchivedMail.Add(_server, "jane", "Second");
        ArchivedMail.Add(_server, "john", "Not hers");
        ArchivedMail.Add(_server, "jane", "Party", "CalendarEvent", daysAgo: 3);
        ArchivedMail.Add(_server, "jane", "First", daysAgo: 2);
    }

    public void Dispose() => _shell.Dispose();

    private static SandboxServer Create(SandboxEdition edition) => new(new SandboxOptions { Empty = true, Edition = edition, ServerVersion = "0.16", AdminPassword = HostedShell.SandboxPassword });

    private static void AddAccounts(HostedShell shell)
    {
        shell.SetVariable("password", new NetworkCredential("", Password).SecurePassword);
        shell.Run("New-MailPrincipal jane@example.org -Password $password; New-MailPrincipal john@example.org -Password $password").ShouldHaveNoErrors();
    }

    private MailDeletedItem[] List(string account = "jane") => _shell.Run($"Get-MailDeletedItem {account}@example.org").ShouldHaveNoErrors().OutputAs<MailDeletedItem>();

    private ImmutableArray<string> TaskKinds => [.. _server.Jmap.Store.List("Task").Values.Select(task => task.Text("@type")!)];

    [Fact]
    public void The_items_of_one_account_are_listed_with_the_oldest_first()
    {
        MailDeletedItem[] items = List();
        items.Select(item => (item.Subject, item.Kind, item.IsRestorable)).ShouldBe([("Party", "calendarEvent", false), ("First", "email", true), ("Second", "email", true)]);
        MailDeletedItem first = items[1];
        (first.Account, first.From, first.Received, first.Expires).ShouldBe(("jane@example.org", "a@remote.test", first.Deleted!.Value.AddHours(-1), first.Deleted.Value.AddDays(30)));
        first.Id.ShouldNotBeNullOrEmpty();
        first.Size.ShouldNotBeNull().ShouldBeGreaterThan(0);
        // Of what is no mail the server says no size.
        items[0].Size.ShouldBeNull();
        _shell.Run("Get-MailDeletedItem jane | Where-Object Kind -eq email | Get-MailBlob -AsText").ShouldHaveNoErrors().OutputAs<string>().ShouldAllBe(text => text.Contains("Hello"));
        _shell.Render("Get-MailDeletedItem jane").ShouldContain("Second");
    }

    [Fact]
    public async Task WhatIf_does_not_say_would_of_mail_of_another_account_that_the_account_may_not_restore()
    {
        _shell.Run("""
            New-MailPrincipal Desk -Type Role -EnabledPermission sysAccountGet, sysAccountQuery, sysDomainGet, sysDomainQuery
            New-MailPrincipal helper@example.org -Role user, desk -Password $password
            $items = Get-MailDeletedItem jane | Where-Object Kind -eq email
            """).ShouldHaveNoErrors();
        // Who may not read of other accounts is not told that there is none.
        foreach ((string name, string id, string word) in ((string, string, string)[])[("helper", "Forbidden", "impersonate"), ("john", "Forbidden", "may not read accounts: that takes the permissions sysAccountQuery and sysAccountGet")])
        {
            using MailClient other = await _server.ConnectAsync(MailCredential.FromPassword($"{name}@example.org", Password));
            _shell.AddConnection(other, name);
            ErrorRecord error = _shell.Run($"$items | Restore-MailDeletedItem -WhatIf -Connection {name}").Errors.ShouldHaveSingleItem();
            error.FullyQualifiedErrorId.ShouldStartWith(id);
            error.Exception.Message.ShouldContain(word);
            _shell.HostText.ShouldNotContain("What if:");
        }
        _shell.Run("$items | Restore-MailDeletedItem -WhatIf").ShouldHaveNoErrors();
        _shell.HostText.ShouldContain("What if:");
    }

    [Fact]
    public void What_is_restored_is_requested_by_its_status_alone_and_comes_later()
    {
        ScriptResult run = _shell.Run("$items = Get-MailDeletedItem jane; $items[1, 2] | Restore-MailDeletedItem").ShouldHaveNoErrors();
        MailRestoreResult[] results = run.OutputAs<MailRestoreResult>();
        results.Select(result => (result.Account, result.Item.Subject, result.Status, result.Reason)).ShouldBe(
            [("jane@example.org", "First", MailRestoreStatus.Requested, null), ("jane@example.org", "Second", MailRestoreStatus.Requested, null)]);
        // Gone at once, before it is back.
        TaskKinds.ShouldBe(["RestoreArchivedItem", "RestoreArchivedItem"]);
        List().Select(item => item.Subject).ShouldBe(["Party"]);
        _shell.Run("(Get-MailQuotaUsage jane).UsedBytes").ShouldHaveNoErrors().OutputAs<long>().Single().ShouldBe(results.Sum(result => result.Item.Size!.Value));
        TaskKinds.ShouldBeEmpty();
    }

    [Fact]
    public void With_Wait_the_end_is_told_and_what_failed_is_an_error_with_its_reason()
    {
        _shell.Run("$items = Get-MailDeletedItem jane | Where-Object Kind -eq email").ShouldHaveNoErrors();
        MailDeletedItem lost = List()[2];
        _server.Jmap.Blobs.Purge(new HashSet<string>(List().Where(item => item.Subject != "Second").Select(item => MailAdmin.Sandbox.Registry.BlobId.TryParse(item.BlobId)!.Hash)));
        ScriptResult run = _shell.Run("$items | Restore-MailDeletedItem -Wait");
        run.OutputAs<MailRestoreResult>().Select(result => (result.Item.Subject, result.Status, result.Reason)).ShouldBe([("First", MailRestoreStatus.Restored, null), ("Second", MailRestoreStatus.Failed, "The message is gone.")]);
        ErrorRecord error = run.Errors.ShouldHaveSingleItem();
        error.FullyQualifiedErrorId.ShouldStartWith("RestoreFailed,");
        error.TargetObject.ShouldBeOfType<MailDeletedItem>().Id.ShouldBe(lost.Id);
        error.Exception.Message.ShouldContain("The message is gone.");
    }

    [Fact]
    public void The_same_message_in_two_accounts_is_told_apart()
    {
        ArchivedMail.Add(_server, "john", "Second");
        MailDeletedItem[] before = [.. List(), .. List("john")];
        _shell.SetVariable("items", before.Where(item => item.Subject == "Second").ToArray());
        _shell.Run("$items | Restore-MailDeletedItem -Wait").ShouldHaveNoErrors().OutputAs<MailRestoreResult>().Select(result => (result.Account, result.Status)).ShouldBe(
            [("jane@example.org", MailRestoreStatus.Restored), ("john@example.org", MailRestoreStatus.Restored)]);
    }

    [Fact]
    public void What_is_gone_is_not_found_and_the_others_are_restored()
    {
        ScriptResult run = _shell.Run("$items = Get-MailDeletedItem jane | Where-Object Kind -eq email; $null = $items[0] | Restore-MailDeletedItem; $items | Restore-MailDeletedItem");
        run.OutputAs<MailRestoreResult>().Select(result => result.Status).ShouldBe([MailRestoreStatus.NotFound, MailRestoreStatus.Requested]);
        run.Errors.ShouldHaveSingleItem().FullyQualifiedErrorId.ShouldStartWith("NotFound,");
    }

    [Fact]
    public void Everything_of_an_account_is_restored_and_what_is_no_mail_is_a_warning()
    {
        ScriptResult run = _shell.Run("Get-MailPrincipal jane | Restore-MailDeletedItem -All -Force").ShouldHaveNoErrors();
        run.OutputAs<MailRestoreResult>().Length.ShouldBe(2);
        List("john").Length.ShouldBe(1);
        _shell.Run("Get-MailDeletedItem jane | Restore-MailDeletedItem").Errors.ShouldHaveSingleItem().Exception.Message.ShouldContain("calendarEvent");
    }

    [Theory]
    [InlineData("Get-MailDeletedItem jane | Where-Object Kind -eq email | Restore-MailDeletedItem -WhatIf")]
    [InlineData("Get-MailDeletedItem jane | Where-Object Kind -eq email | Restore-MailDeletedItem -Wait -WhatIf")]
    [InlineData("Restore-MailDeletedItem jane -All -Force -WhatIf")]
    public void WhatIf_writes_nothing(string script)
    {
        _shell.Run(script).ShouldHaveNoErrors().Output.ShouldBeEmpty();
        List().Length.ShouldBe(3);
        TaskKinds.ShouldBeEmpty();
    }

    // CSV keeps the id; a row of an older export has none, and is found by its content.
    [Theory]
    [InlineData("[pscustomobject]@{ Account = $item.Account; Id = $item.Id; BlobId = $item.BlobId; Kind = 'email' }")]
    [InlineData("[pscustomobject]@{ Account = $item.Account; BlobId = $item.BlobId; Kind = 'email' }")]
    public void A_row_of_text_is_restored(string row)
    {
        _shell.SetVariable("item", List()[1]);
        _shell.Run($"{row} | Restore-MailDeletedItem").ShouldHaveNoErrors().OutputAs<MailRestoreResult>().Single().Status.ShouldBe(MailRestoreStatus.Requested);
        List().Select(item => item.Subject).ShouldBe(["Party", "Second"]);
    }

    [Fact]
    public void An_id_of_another_account_restores_nothing()
    {
        _shell.SetVariable("item", List("john").Single());
        ScriptResult run = _shell.Run("[pscustomobject]@{ Account = 'jane@example.org'; Id = $item.Id; BlobId = $item.BlobId; Kind = 'email' } | Restore-MailDeletedItem");
        run.OutputAs<MailRestoreResult>().Single().Status.ShouldBe(MailRestoreStatus.NotFound);
        List("john").Length.ShouldBe(1);
        TaskKinds.ShouldBeEmpty();
    }

    // Everybody may restore his own mail; the server hides the account from him, and keeps the content for him.
    [Fact]
    public void Who_may_not_act_for_others_restores_his_own_mail_alone()
    {
        using var own = HostedShell.CreateConnected(_server, "jane@example.org", Password);
        own.Run("Get-MailDeletedItem jane@example.org").ShouldHaveNoErrors().OutputAs<MailDeletedItem>().Select(item => item.Subject).ShouldBe(["Party", "First", "Second"]);
        own.Run("(Get-MailDeletedItem jane@example.org)[1] | Get-MailBlob -AsText").ShouldHaveNoErrors().OutputAs<string>().Single().ShouldContain("First");
        ScriptResult others = own.Run("Get-MailDeletedItem john@example.org");
        others.Errors.ShouldHaveSingleItem();
        others.Output.ShouldBeEmpty();
        // He may not see the task: with -Wait nothing is begun.
        ScriptResult waited = own.Run("(Get-MailDeletedItem jane@example.org)[1] | Restore-MailDeletedItem -Wait");
        waited.Errors.ShouldHaveSingleItem().FullyQualifiedErrorId.ShouldStartWith("Forbidden,");
        TaskKinds.ShouldBeEmpty();
        own.Run("(Get-MailDeletedItem jane@example.org)[1] | Restore-MailDeletedItem").ShouldHaveNoErrors().OutputAs<MailRestoreResult>().Single().Status.ShouldBe(MailRestoreStatus.Requested);
    }

    [Theory]
    [InlineData(SandboxEdition.Community, "this server has no licence")]
    [InlineData(SandboxEdition.Oss, "this build has none of it")]
    public void Without_a_licence_there_is_one_error_that_says_so(SandboxEdition edition, string words)
    {
        SandboxServer server = Create(edition);
        using var shell = HostedShell.CreateConnected(server);
        AddAccounts(shell);
        foreach (string command in (string[])["Get-MailDeletedItem jane", "Restore-MailDeletedItem jane -All -Force", "[pscustomobject]@{ Account = 'jane@example.org'; Id = 'b'; BlobId = 'c'; Kind = 'email' } | Restore-MailDeletedItem"])
        {
            ErrorRecord error = shell.Run(command).Errors.ShouldHaveSingleItem(command);
            error.FullyQualifiedErrorId.ShouldStartWith("Unsupported,");
            error.Exception.Message.ShouldBe($"Restoring deleted mail is part of Stalwart Enterprise; {words}.");
            error.ErrorDetails.RecommendedAction.ShouldContain("Enterprise licence");
        }
    }

    [Fact]
    public void Before_0_16_there_is_nothing_to_wait_for()
    {
        using var shell = HostedShell.CreateConnected(HostedShell.CreateServer(enterprise: true));
        ErrorRecord error = shell.Run("Restore-MailDeletedItem jane -All -Force -Wait").Errors.ShouldHaveSingleItem();
        error.FullyQualifiedErrorId.ShouldStartWith("Unsupported,");
        error.Exception.Message.ShouldContain("-Wait is for servers from 0.16 on");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task After_a_lost_answer_a_look_tells_or_it_is_unknown(bool isDone)
    {
        bool isGone = false;
        int sets = 0;
        var server = new FakeJmapServer(request =>
        {
            (string method, JsonElement arguments, string id) = request.Calls.ShouldHaveSingleItem();
            if (method == "x:ArchivedItem/set")
            {
                sets++;
                arguments.GetProperty("update").GetRawText().ShouldBe("""{"ca":{"status":"requestRestore"}}""");
                isGone = isDone;
                return TestResponses.ConnectionLost();
            }
            method.ShouldBe("x:ArchivedItem/get");
            string list = isGone ? "" : """{"id":"ca","accountId":"d","blobId":"eb","archivedUntil":"2026-12-30T00:00:00Z","receivedAt":"2026-11-29T00:00:00Z"}""";
            return FakeJmapServer.Answer((method, $$"""{"accountId":"d","list":[{{list}}],"notFound":[{{(isGone ? "\"ca\"" : "")}}]}""", id));
        })
        { Edition = "enterprise", Permissions = "authenticate,impersonate,unlimitedRequests" };
        using MailClient client = await server.ConnectAsync();
        MailDeletedItem[] items = [new MailDeletedItem { Account = "jane@example.org", Id = "ca", BlobId = "eb", Kind = "email" }];
        Task<IReadOnlyList<MailRestoreResult>> restoration = client.Store.RestoreAsync("jane@example.org", items, s_cancellationToken);
        if (isDone)
        {
            (await restoration).Single().Status.ShouldBe(MailRestoreStatus.Requested);
        }
        else
        {
            (await Should.ThrowAsync<MailServerException>(restoration)).Code.ShouldBe(MailErrorCode.OutcomeUnknown);
        }
        sets.ShouldBe(1);
    }

    [Fact]
    public async Task An_item_without_an_id_is_refused()
    {
        using MailClient client = await _server.ConnectAsync(MailCredential.FromPassword("admin", HostedShell.SandboxPassword));
        await Should.ThrowAsync<ArgumentException>(client.Store.RestoreAsync("jane@example.org", [new MailDeletedItem { Account = "jane@example.org", BlobId = "eb", Kind = "email" }], s_cancellationToken));
    }
}
