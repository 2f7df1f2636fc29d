// The store cmdlets against the sandbox: what they do, and what they never send.
using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.Sandbox;
using MailAdmin.Sandbox.Store;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Store;

public sealed class StoreCmdletTests : IDisposable
{
    private readonly SandboxServer _server = HostedShell.CreateServer(enterprise: true);
    private readonly HostedShell _shell;

    public StoreCmdletTests()
    {
        _shell = HostedShell.CreateConnected(_server);
        _shell.Run("""
            New-MailPrincipal jane -NoPassword -Email jane@example.org
            New-MailPrincipal john -NoPassword -Email john@example.org
            """).ShouldHaveNoErrors();
        _server.Deliver(null, "a@example.com", ["jane@example.org"], new byte[1000]).ShouldBeNull();
        foreach (string hash in new[] { "b25l", "dHdv", "dGhyZWU" })
        {
            DateTimeOffset at = _server.Clock.GetUtcNow().AddDays(-1);
            _server.Rest.DeletedItems.Add(_server.Rest.Store.Find("jane")!.Id, new DeletedItem(hash, 500, at, at.AddDays(30)));
        }
    }

    public void Dispose() => _shell.Dispose();

    private string[] Sent(string script, Func<ScriptResult, ScriptResult>? check = null)
    {
        int before = _server.RequestCount;
        ScriptResult run = _shell.Run(script);
        (check ?? (r => r.ShouldHaveNoErrors()))(run);
        return [.. _server.RequestLog.Skip(before)];
    }

    private static ScriptResult ShouldHaveErrors(ScriptResult run)
    {
        run.Errors.ShouldNotBeEmpty();
        return run;
    }

    [Fact]
    public void Quota_usage_by_name_object_and_address()
    {
        MailQuotaUsage[] usage = _shell.Run("'jane', 'jane@example.org' | Get-MailQuotaUsage; Get-MailPrincipal john | Get-MailQuotaUsage; [pscustomobject]@{ Account = 'jane' } | Get-MailQuotaUsage").ShouldHaveNoErrors().OutputAs<MailQuotaUsage>();
        usage.Select(u => u.Account).ShouldBe(["jane", "jane", "john", "jane"]);
        usage[0].UsedBytes.ShouldBeGreaterThan(0);
        usage[2].UsedBytes.ShouldBe(0);
        _shell.Run("Get-MailQuotaUsage jane | Update-MailQuotaUsage").ShouldHaveNoErrors().OutputAs<MailQuotaUsage>().Single().UsedBytes.ShouldBe(usage[0].UsedBytes);
    }

    [Fact]
    public void An_unknown_account_is_one_error_and_the_rest_go_on()
    {
        ScriptResult run = _shell.Run("'nobody', 'jane' | Get-MailQuotaUsage");
        run.OutputAs<MailQuotaUsage>().Single().Account.ShouldBe("jane");
        ErrorRecord error = run.Errors.ShouldHaveSingleItem();
        error.FullyQualifiedErrorId.ShouldStartWith("NotFound");
        error.ToString().ShouldContain("nobody");
        error.TargetObject.ShouldBe("nobody");
    }

    [Theory]
    [InlineData("Get-MailQuotaUsage j*")]
    [InlineData("Update-MailQuotaUsage j*")]
    [InlineData("Reset-MailImapUid j* -Force")]
    [InlineData("Invoke-MailPurge j* -Force")]
    [InlineData("Invoke-MailPurge '' -Force")]
    [InlineData("Invoke-MailPurge ' ' -Force")]
    [InlineData("Invoke-MailPurge $undefined -Force")]
    [InlineData("Invoke-MailPurge -Account $undefined -Force")]
    [InlineData("Invoke-MailPurge -Force")]
    [InlineData("Invoke-MailPurge -Scope Everything -Force")]
    [InlineData("Invoke-MailPurge -Scope 7 -Force")]
    [InlineData("Invoke-MailPurge jane -Scope Blob -Force")]
    [InlineData("[pscustomobject]@{ Name = '' } | Invoke-MailPurge -Force")]
    [InlineData("Restore-MailDeletedItem -Account jane")]
    [InlineData("Restore-MailDeletedItem -Account jane -All:$false -Force")]
    [InlineData("Restore-MailDeletedItem -Account $undefined -All -Force")]
    [InlineData("Restore-MailDeletedItem -All -Force")]
    [InlineData("Restore-MailDeletedItem $null")]
    [InlineData("Restore-MailDeletedItem @()")]
    [InlineData("'jane' | Restore-MailDeletedItem")]
    [InlineData("Restore-MailDeletedItem -Account * -All -Force")]
    [InlineData("Get-MailBlob ''")]
    [InlineData("Get-MailBlob $undefined")]
    [InlineData("Get-MailBlob b25l -Limit 0")]
    [InlineData("Get-MailBlob b25l -Offset -1")]
    public void Nothing_is_sent_where_the_target_is_empty_or_too_much(string script) => Sent(script, ShouldHaveErrors).ShouldBeEmpty();

    [Fact]
    public void A_domain_is_no_account()
    {
        string[] sent = Sent("Get-MailPrincipal -Type Domain | Invoke-MailPurge -Force", ShouldHaveErrors);
        sent.ShouldAllBe(line => RequestLines.FindOperation(line) == Operations.ListPrincipals);
    }

    [Theory]
    [InlineData("Update-MailQuotaUsage jane -WhatIf")]
    [InlineData("Reset-MailImapUid jane -WhatIf -Force")]
    [InlineData("Invoke-MailPurge jane -WhatIf -Force")]
    [InlineData("Invoke-MailPurge -Scope AllAccounts -WhatIf -Force")]
    [InlineData("Get-MailDeletedItem jane | Restore-MailDeletedItem -WhatIf")]
    [InlineData("Restore-MailDeletedItem -Account jane -All -WhatIf -Force")]
    public void WhatIf_sends_no_write(string script)
    {
        string[] sent = Sent(script);
        sent.ShouldAllBe(line => RequestLines.FindOperation(line) == Operations.ListDeletedItems || RequestLines.FindOperation(line) == Operations.GetPrincipal);
    }

    [Theory]
    [InlineData("Invoke-MailPurge jane", "GET /api/store/purge/account/jane")]
    [InlineData("Invoke-MailPurge -Scope AllAccounts", "GET /api/store/purge/account")]
    [InlineData("Invoke-MailPurge -Scope blob", "GET /api/store/purge/blob")]
    [InlineData("Invoke-MailPurge -Scope Data", "GET /api/store/purge/data")]
    [InlineData("Invoke-MailPurge -Scope InMemory", "GET /api/store/purge/in-memory")]
    public void Each_purge_is_the_call_it_says(string script, string call)
    {
        Sent($"{script} -Force").Where(line => !line.StartsWith("GET /api/principal/", StringComparison.Ordinal)).ShouldBe([call]);
        // High impact asks once it is known that there is such an account, and nobody is there to answer.
        Sent(script, ShouldHaveErrors).ShouldAllBe(line => line.StartsWith("GET /api/principal/", StringComparison.Ordinal));
        Sent($"{script} -Confirm:$false").Where(line => !line.StartsWith("GET /api/principal/", StringComparison.Ordinal)).ShouldBe([call]);
    }

    [Fact]
    public void Imap_numbers_are_reset_and_counted()
    {
        MailImapUidReset reset = _shell.Run("Get-MailPrincipal jane | Reset-MailImapUid -Force").ShouldHaveNoErrors().OutputAs<MailImapUidReset>().Single();
        (reset.Account, reset.MessageCount).ShouldBe(("jane", 1));
        Sent("Reset-MailImapUid jane", ShouldHaveErrors).ShouldBe(["GET /api/principal/jane"]);
    }

    [Fact]
    public void Deleted_items_are_listed_and_restored_one_by_one()
    {
        MailDeletedItem[] items = _shell.Run("Get-MailDeletedItem jane").ShouldHaveNoErrors().OutputAs<MailDeletedItem>();
        items.Select(i => i.BlobId).ShouldBe(["b25l", "dHdv", "dGhyZWU"]);
        (items[0].Account, items[0].Kind, items[0].Size).ShouldBe(("jane", "email", 500));

        string[] sent = Sent("(Get-MailDeletedItem jane)[0..1] | Restore-MailDeletedItem");
        sent.Count(line => line == "POST /api/store/undelete/jane").ShouldBe(1);
        _shell.Run("Get-MailDeletedItem jane").ShouldHaveNoErrors().OutputAs<MailDeletedItem>().Select(i => i.BlobId).ShouldBe(["dGhyZWU"]);
    }

    [Fact]
    public void Each_restored_item_has_a_result_and_a_gone_one_an_error_too()
    {
        ScriptResult run = _shell.Run("$items = Get-MailDeletedItem jane; $items[0] | Restore-MailDeletedItem; $items | Restore-MailDeletedItem");
        run.OutputAs<MailRestoreResult>().Select(r => r.Status).ShouldBe([MailRestoreStatus.Restored, MailRestoreStatus.NotFound, MailRestoreStatus.Restored, MailRestoreStatus.Restored]);
        ErrorRecord error = run.Errors.ShouldHaveSingleItem();
        error.TargetObject.ShouldBeOfType<MailDeletedItem>().BlobId.ShouldBe("b25l");
    }

    // CSV has times in the words of the culture, which often cannot be read back; a row may have no times at all.
    [Theory]
    [InlineData("11/27/2026 9:11:38 AM +00:00", "")]
    [InlineData("27/11/2569 9:11:38 +00:00", "1")]
    [InlineData("03/04/2026 09:11:38 +00:00", null)]
    public void An_item_whose_times_were_lost_is_found_on_the_server_again(string? deleted, string? expires)
    {
        var at = DateTimeOffset.FromUnixTimeSeconds(_server.Clock.GetUtcNow().AddDays(-2).ToUnixTimeSeconds());
        _server.Rest.DeletedItems.Add(_server.Rest.Store.Find("jane")!.Id, new DeletedItem("b25l", 500, at, at.AddDays(30)));
        _shell.SetVariable("times", new[] { deleted, expires });
        const string Row = "[pscustomobject]@{ Account = 'jane'; BlobId = 'b25l'; Kind = 'email'; Deleted = $times[0]; Expires = $times[1] }";
        Sent($"{Row} | Restore-MailDeletedItem -WhatIf").ShouldBe(["GET /api/store/undelete/jane"]);
        MailRestoreResult[] results = _shell.Run($"{Row}, {Row} | Restore-MailDeletedItem").ShouldHaveNoErrors().OutputAs<MailRestoreResult>();
        results.Select(result => (result.Status, result.Item.Deleted)).ShouldBe([(MailRestoreStatus.Restored, at), (MailRestoreStatus.Restored, at.AddDays(1))]);
        _shell.Run("Get-MailDeletedItem jane").ShouldHaveNoErrors().OutputAs<MailDeletedItem>().Select(item => item.BlobId).ShouldBe(["dHdv", "dGhyZWU"]);
        ErrorRecord error = _shell.Run($"{Row} | Restore-MailDeletedItem").Errors.ShouldHaveSingleItem();
        error.FullyQualifiedErrorId.ShouldStartWith("NotFound");
    }

    [Fact]
    public void Everything_is_restored_only_when_said_and_confirmed()
    {
        // -All alone asks, and nobody is there to answer.
        Sent("Restore-MailDeletedItem -Account jane -All", ShouldHaveErrors).ShouldBe(["GET /api/store/undelete/jane"]);
        _shell.Run("Get-MailPrincipal jane | Restore-MailDeletedItem -All -Force").ShouldHaveNoErrors().OutputAs<MailRestoreResult>().Length.ShouldBe(3);
        _shell.Run("Get-MailDeletedItem jane").ShouldHaveNoErrors().Output.ShouldBeEmpty();
        _shell.Run("Restore-MailDeletedItem -Account jane -All -Confirm:$false").ShouldHaveNoErrors().Output.ShouldBeEmpty();
    }

    [Fact]
    public void Without_a_licence_there_is_one_error_that_says_so()
    {
        SandboxServer community = HostedShell.CreateServer();
        using var shell = HostedShell.CreateConnected(community);
        ErrorRecord error = shell.Run("Get-MailDeletedItem jane").Errors.ShouldHaveSingleItem();
        error.FullyQualifiedErrorId.ShouldStartWith("Unsupported");
        error.ErrorDetails.RecommendedAction.ShouldContain("Enterprise");
    }

    [Fact]
    public void The_views_fit_and_tell()
    {
        _shell.Render("Get-MailQuotaUsage jane").ShouldContain("1000 bytes");
        _shell.Render("Get-MailDeletedItem jane").ShouldContain("dGhyZWU");
        string restored = _shell.Render("Get-MailDeletedItem jane | Restore-MailDeletedItem");
        restored.ShouldContain("Restored");
        restored.ShouldContain("b25l");
    }

    [Fact]
    public void Accounts_are_completed()
    {
        _shell.SetVariable("line", "Get-MailQuotaUsage ja");
        _shell.Run("(TabExpansion2 $line $line.Length).CompletionMatches.CompletionText").ShouldHaveNoErrors().OutputAs<string>().ShouldBe(["jane"]);
    }
}
