// An operator's day on the sample organisation: its queue and its reports, through the cmdlets.
using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Queue;

public sealed class QueueCmdletTests : IDisposable
{
    private readonly SandboxServer _server = new(new SandboxOptions { AdminPassword = HostedShell.SandboxPassword });
    private readonly HostedShell _shell;

    public QueueCmdletTests() => _shell = HostedShell.CreateConnected(_server);

    public void Dispose() => _shell.Dispose();

    private MailQueueMessage[] Queue(string arguments = "") => _shell.Run($"Get-MailQueueMessage {arguments}").ShouldHaveNoErrors().OutputAs<MailQueueMessage>();

    [Fact]
    public void The_queue_lists_pages_filters_and_counts()
    {
        MailQueueMessage[] all = Queue();
        all.Length.ShouldBeGreaterThan(8);
        Queue("-First 3 -Skip 2").Select(m => m.Id).ShouldBe(all.Skip(2).Take(3).Select(m => m.Id));
        Queue("-To PARTNER.example").ShouldAllBe(m => m.Recipient.Any(r => r.Domain == "partner.example"));
        Queue("-From jane.doe -To partner").Length.ShouldBe(all.Count(m => m.From.StartsWith("jane.doe", StringComparison.Ordinal) && m.Recipient.Any(r => r.Domain == "partner.example")));
        Queue("-DueBefore ([DateTimeOffset]::Now.AddMinutes(30))").Length.ShouldBe(all.Count(m => m.NextRetry < _server.Clock.GetUtcNow().AddMinutes(30)));
        ScriptResult counted = _shell.Run("Get-MailQueueMessage -First 1 -IncludeTotalCount").ShouldHaveNoErrors();
        counted.Output.Select(o => o.BaseObject).OfType<ulong>().Single().ShouldBe((ulong)all.Length);
        Queue($"{all[0].Id}").Single().ShouldBeEquivalentTo(all[0]);
    }

    [Fact]
    public void A_reschedule_moves_one_domain_and_cuts_its_expiry()
    {
        MailQueueMessage mixed = Queue("-To oldfirm.example").First(m => m.Recipient.Select(r => r.Domain).Distinct().Count() > 1 && m.Recipient.Count(r => r.IsPending) > 1);
        _shell.SetVariable("message", mixed);
        _shell.SetVariable("at", _server.Clock.GetUtcNow().AddHours(1));
        MailQueueMessage moved = _shell.Run("$message | Invoke-MailQueueReschedule -At $at -Domain oldfirm.example -PassThru").ShouldHaveNoErrors().OutputAs<MailQueueMessage>().Single();
        moved.Recipient.Where(r => r.Domain == "oldfirm.example").ShouldAllBe(r => r.Expires - r.NextRetry == TimeSpan.FromSeconds(10));
        moved.Recipient.Where(r => r.Domain != "oldfirm.example").ToArray().ShouldBeEquivalentTo(mixed.Recipient.Where(r => r.Domain != "oldfirm.example").ToArray());

        ScriptResult late = _shell.Run("$message | Invoke-MailQueueReschedule -At ([DateTimeOffset]::Now.AddDays(30))");
        late.Errors.ShouldHaveSingleItem().FullyQualifiedErrorId.ShouldStartWith("RejectedByClient");
        ScriptResult unknown = _shell.Run("Invoke-MailQueueReschedule 342084653895266304");
        unknown.Errors.ShouldHaveSingleItem().FullyQualifiedErrorId.ShouldStartWith("NotFound");
    }

    [Fact]
    public void A_recipient_is_cancelled_and_then_the_message()
    {
        MailQueueMessage several = Queue("-To news-de@partner.example").Single();
        _shell.SetVariable("message", several);
        _shell.Run("$message | Remove-MailQueueMessage -Recipient news-de@partner.example, NEWS-fr@partner.example -Force").ShouldHaveNoErrors();
        Queue($"{several.Id}").Single().Recipient.Where(r => r.Status == DeliveryStatus.PermanentFailure).Select(r => r.Address)
            .ShouldBe(["news-de@partner.example", "news-fr@partner.example"], ignoreOrder: true);
        _shell.Run("$message | Remove-MailQueueMessage -Force").ShouldHaveNoErrors();
        _shell.Run("$message | Get-MailQueueMessage").Errors.ShouldHaveSingleItem().FullyQualifiedErrorId.ShouldStartWith("NotFound");
        _shell.Run("$message | Remove-MailQueueMessage -Force").Errors.ShouldHaveSingleItem().FullyQualifiedErrorId.ShouldStartWith("NotFound");
    }

    [Fact]
    public void A_bulk_cancellation_takes_what_matches_and_nothing_else()
    {
        ulong[] others = [.. Queue().Where(m => m.Recipient.All(r => !r.Address.Contains("oldfirm", StringComparison.Ordinal))).Select(m => m.Id)];
        _shell.Run("Remove-MailQueueMessage -To oldfirm -Force").ShouldHaveNoErrors();
        Queue().Select(m => m.Id).ShouldBe(others);
        _shell.Run("Remove-MailQueueMessage -All -Force").ShouldHaveNoErrors();
        Queue().ShouldBeEmpty();
        _shell.Run("Remove-MailQueueMessage -All -Force").ShouldHaveNoErrors().Warnings.ShouldHaveSingleItem();
    }

    [Fact]
    public void A_suspended_queue_resumes_with_a_warning_that_counts_the_sleepers()
    {
        MailQueueStatus suspended = _shell.Run("Suspend-MailQueue -PassThru").ShouldHaveNoErrors().OutputAs<MailQueueStatus>().Single();
        suspended.Running.ShouldBeFalse();
        _shell.Run("Get-MailQueueStatus").ShouldHaveNoErrors().OutputAs<MailQueueStatus>().Single().Running.ShouldBeFalse();
        _shell.Run("Invoke-MailQueueReschedule -From jane.doe -Force").ShouldHaveNoErrors();
        int due = Queue().Count(m => m.NextRetry <= _server.Clock.GetUtcNow().AddSeconds(5));
        due.ShouldBeGreaterThan(0);
        ScriptResult resumed = _shell.Run("Resume-MailQueue -PassThru").ShouldHaveNoErrors();
        resumed.OutputAs<MailQueueStatus>().Single().Running.ShouldBeTrue();
        resumed.Warnings.ShouldHaveSingleItem().Message.ShouldContain($"{due} due message");
        _shell.Run("Resume-MailQueue").ShouldHaveNoErrors().Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void Reports_are_objects_people_can_work_with()
    {
        MailDmarcReport[] reports = _shell.Run("Get-MailDmarcReport").ShouldHaveNoErrors().OutputAs<MailDmarcReport>();
        reports.Length.ShouldBeGreaterThan(1);
        reports.Select(r => ulong.Parse(r.Id.Split('_')[0], null)).ShouldBe(reports.Select(r => ulong.Parse(r.Id.Split('_')[0], null)).OrderDescending());
        _shell.Run("Get-MailDmarcReport | ForEach-Object Record | Where-Object Dkim -eq fail | ForEach-Object SourceIp").ShouldHaveNoErrors().OutputAs<string>()
            .ShouldBe(reports.SelectMany(r => r.Record).Where(r => r.Dkim == AuthenticationResult.Fail).Select(r => r.SourceIp!));
        _shell.Run("Get-MailDmarcReport -First 1").ShouldHaveNoErrors().OutputAs<MailDmarcReport>().Single().ShouldBeEquivalentTo(reports[0]);
        _shell.Run("Get-MailDmarcReport -Text nobody.example").ShouldHaveNoErrors().Output.ShouldBeEmpty();
        _shell.Run("(Get-MailTlsReport).Policy.Failure.FailureCount").ShouldHaveNoErrors().Output.ShouldNotBeEmpty();
        _shell.Run("Get-MailArfReport").ShouldHaveNoErrors().OutputAs<MailArfReport>().ShouldAllBe(r => r.FeedbackType == FeedbackType.Abuse);

        MailReport[] ids = _shell.Run("Get-MailDmarcReport -IdOnly").ShouldHaveNoErrors().OutputAs<MailReport>();
        ids.Select(r => (r.Kind, r.Id)).ShouldBe(reports.Select(r => (MailReportKind.Dmarc, r.Id)));
    }

    [Fact]
    public void Reports_are_deleted_by_kind_and_id_and_unknown_ones_said_to_be()
    {
        int before = _shell.Run("Get-MailTlsReport").ShouldHaveNoErrors().Output.Count;
        _shell.Run("Get-MailTlsReport -First 1 | Remove-MailReport -Force").ShouldHaveNoErrors();
        _shell.Run("Get-MailTlsReport -IdOnly").ShouldHaveNoErrors().Output.Count.ShouldBe(before - 1);
        _shell.Run("Get-MailTlsReport -IdOnly | Remove-MailReport -Force").ShouldHaveNoErrors();
        _shell.Run("Get-MailTlsReport").ShouldHaveNoErrors().Output.ShouldBeEmpty();
        _shell.Run("Remove-MailReport Tls 342084721459212299_1797990706 -Force").Errors.ShouldHaveSingleItem().FullyQualifiedErrorId.ShouldStartWith("NotFound");
        _shell.Run("Get-MailDmarcReport -First 1 | Get-MailTlsReport").Errors.ShouldHaveSingleItem().FullyQualifiedErrorId.ShouldStartWith("ReportKindMismatch");
        _shell.Run("Get-MailDmarcReport -First 1 | Remove-MailQueueReport -Force").Errors.ShouldHaveSingleItem().FullyQualifiedErrorId.ShouldStartWith("ReportKindMismatch");
    }

    [Fact]
    public void Reports_that_wait_are_listed_read_and_deleted()
    {
        MailQueueReport[] waiting = _shell.Run("Get-MailQueueReport").ShouldHaveNoErrors().OutputAs<MailQueueReport>();
        waiting.Select(r => r.Kind).Distinct().ShouldBe([MailReportKind.Dmarc, MailReportKind.Tls], ignoreOrder: true);
        MailQueueReport dmarc = _shell.Run("Get-MailQueueReport -Kind dmarc").ShouldHaveNoErrors().OutputAs<MailQueueReport>().ShouldHaveSingleItem();
        dmarc.Record.ShouldNotBeEmpty();
        dmarc.ReportTo.ShouldNotBeEmpty();
        MailQueueReport bare = _shell.Run($"Get-MailQueueReport -IdOnly -Domain {dmarc.Domain.ToUpperInvariant()}").ShouldHaveNoErrors().OutputAs<MailQueueReport>().ShouldHaveSingleItem();
        (bare.Id, bare.Domain, bare.Begin, bare.End).ShouldBe((dmarc.Id, dmarc.Domain, dmarc.Begin, dmarc.End));
        _shell.Run("Get-MailQueueReport -Kind Dmarc | Remove-MailQueueReport -Force").ShouldHaveNoErrors();
        _shell.Run($"Remove-MailQueueReport '{dmarc.Id}' -Force").Errors.ShouldHaveSingleItem().FullyQualifiedErrorId.ShouldStartWith("NotFound");
        _shell.Run("Get-MailQueueReport").ShouldHaveNoErrors().Output.Count.ShouldBe(waiting.Length - 1);
    }

    [Theory]
    [InlineData("Get-MailQueueMessage")]
    [InlineData("Get-MailQueueMessage -First 1")]
    [InlineData("(Get-MailQueueMessage -To oldfirm).Recipient")]
    [InlineData("Get-MailQueueStatus")]
    [InlineData("Get-MailDmarcReport")]
    [InlineData("Get-MailDmarcReport -IdOnly")]
    [InlineData("(Get-MailDmarcReport).Record")]
    [InlineData("Get-MailTlsReport")]
    [InlineData("(Get-MailTlsReport).Policy")]
    [InlineData("(Get-MailTlsReport).Policy.Failure")]
    [InlineData("Get-MailArfReport")]
    [InlineData("Get-MailQueueReport")]
    public void Views_show_something(string script)
    {
        string shown = _shell.Render(script);
        shown.Trim().Length.ShouldBeGreaterThan(20);
        shown.ShouldNotContain("{MailAdmin");
    }

    [Fact]
    public void Completers_offer_ids_recipients_domains_and_reports()
    {
        MailQueueMessage first = Queue().First();
        Complete("Get-MailQueueMessage ").ShouldContain($"{first.Id}");
        Complete("Remove-MailQueueMessage 1 -Recipient ").ShouldContain(first.Recipient[0].Address);
        Complete("Invoke-MailQueueReschedule 1 -Domain ").ShouldContain(first.Recipient[0].Domain);
        Complete("Remove-MailQueueMessage -From ").ShouldContain(first.From);
        string dmarc = _shell.Run("Get-MailDmarcReport -First 1 -IdOnly").ShouldHaveNoErrors().OutputAs<MailReport>().Single().Id;
        Complete("Get-MailDmarcReport ").ShouldContain(dmarc);
        Complete("Remove-MailReport -Kind Dmarc -Id ").ShouldContain(dmarc);
        Complete("Remove-MailReport -Kind Arf -Id ").ShouldNotContain(dmarc);
        Complete("Get-MailQueueReport ").ShouldNotBeEmpty();
    }

    private string[] Complete(string line)
    {
        _shell.SetVariable("line", line);
        return [.. _shell.Run("(TabExpansion2 $line $line.Length).CompletionMatches").ShouldHaveNoErrors().OutputAs<CompletionResult>().Select(c => c.CompletionText.Trim('\''))];
    }
}
