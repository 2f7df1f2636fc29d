// Reports of a server from 0.16 on: read from what a real one answered, and compared here where its filters find something else.
using System.Text.Json;
using MailAdmin.Client;
using MailAdmin.Client.Api.Reports;
using MailAdmin.Client.Jmap;
using MailAdmin.Tests.Hosting;
using MailAdmin.Tests.Jmap;

namespace MailAdmin.Tests.Reports;

public sealed class JmapReportTests
{
    private static readonly CancellationToken s_cancellationToken = TestContext.Current.CancellationToken;

    [Fact]
    public void A_received_dmarc_report_is_read()
    {
        var report = (MailDmarcReport)JmapReportReader.Read(MailReportKind.Dmarc, Find("x:DmarcExternalReport", "jq7g9jm7agqa"));
        (report.Id, report.Kind, report.From, report.Organization, report.Email, report.ReportId).ShouldBe(
            ("jq7g9jm7agqa", MailReportKind.Dmarc, "noreply@reporter.test", "reporter.test", "noreply@reporter.test", "report-2"));
        report.To.ShouldBe(["dmarc@example.org"]);
        (report.Begin, report.End).ShouldBe((new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 1, 1, 23, 59, 59, TimeSpan.Zero)));
        report.Created.ShouldBe(new DateTimeOffset(2026, 11, 29, 5, 2, 37, TimeSpan.Zero));
        report.Expires.ShouldBe(report.Created!.Value.AddDays(30));
        (report.Domain, report.Policy, report.PublishedPolicy.SubdomainPolicy, report.PublishedPolicy.DkimAlignment, report.PublishedPolicy.SpfAlignment)
            .ShouldBe(("example.org", "Quarantine", "None", "Relaxed", "Strict"));
        (report.PublishedPolicy.FailureOption, report.PublishedPolicy.Testing).ShouldBe((null, false));
        (report.MessageCount, report.FailureCount).ShouldBe((26, 19));
        MailDmarcRecord record = report.Record[0];
        (record.SourceIp, record.Disposition, record.Dkim, record.Spf, record.HeaderFrom, record.EnvelopeFrom, record.EnvelopeTo)
            .ShouldBe(("192.0.2.10", "None", "Pass", "Pass", "example.org", "example.org", "reporter.test"));
        (record.DkimResult.Single().Selector, record.DkimResult.Single().Result).ShouldBe(("202501e", "Pass"));
        (record.SpfResult.Single().Scope, record.SpfResult.Single().Result).ShouldBe(("MailFrom", "Pass"));
        report.Record[1].EnvelopeFrom.ShouldBeNull();
        report.Record[1].Reason.Single().Type.ShouldBe("Other");
    }

    [Fact]
    public void A_received_tls_report_is_read()
    {
        var report = (MailTlsReport)JmapReportReader.Read(MailReportKind.Tls, Find("x:TlsExternalReport", "jq7g9jngahaa"));
        (report.Organization, report.ContactInfo, report.SuccessCount, report.FailureCount).ShouldBe(("Reporter Inc.", "tls@reporter.test", 5326, 303));
        MailTlsPolicy policy = report.Policy.Single();
        (policy.Type, policy.Domain).ShouldBe(("sts", "example.org"));
        policy.PolicyString.ShouldBe(["version: STSv1", "mode: testing", "mx: mx.example.org", "max_age: 86400"], ignoreOrder: true);
        policy.MxHost.ShouldBe(["mx.example.org"]);
        policy.Failure.Select(failure => (failure.Result, failure.FailureCount)).ShouldBe([("certificate-expired", 100), ("starttls-not-supported", 203)]);
        policy.Failure[1].AdditionalInformation.ShouldBe("https://reports.example/303");
        report.AdditionalData.ShouldBeEmpty();
    }

    [Fact]
    public void A_received_abuse_report_is_read()
    {
        var report = (MailArfReport)JmapReportReader.Read(MailReportKind.Arf, Find("x:ArfExternalReport", "jq7g9jnmahqa"));
        (report.FeedbackType, report.IncidentCount, report.SourceIp, report.SourcePort, report.UserAgent, report.Version).ShouldBe(("Abuse", 3, "192.0.2.1", null, "SomeGenerator/1.0", 1));
        (report.OriginalMailFrom, report.OriginalRcptTo).ShouldBe(("somespammer@example.org", "user@reporter.test"));
        report.Received.ShouldBe(new DateTimeOffset(2026, 3, 8, 14, 0, 0, TimeSpan.Zero));
        (report.AuthFailure, report.DeliveryResult, report.IdentityAlignment).ShouldBe(("Unspecified", "Unspecified", "Unspecified"));
        report.ReportedUri.ShouldBe(["http://example.org/earn_money.html"]);
        report.ReportedDomain.ShouldBe(["example.org"]);
        report.AdditionalData.ShouldBeEmpty();
    }

    [Fact]
    public void A_report_to_be_sent_is_read_with_all_digits_of_its_policy()
    {
        MailQueueReport report = JmapReportReader.ReadQueued(MailReportKind.Dmarc, Find("x:DmarcInternalReport", "jq7g9rkyaiqa"));
        (report.Domain, report.ReportId, report.RecordCount).ShouldBe(("sender.test", "1795928561_15020794751271791212", 1));
        report.ReportTo.ShouldBe(["dmarc@sender.test"]);
        (report.Begin, report.End).ShouldBe((new DateTimeOffset(2026, 11, 29, 5, 2, 41, TimeSpan.Zero), new DateTimeOffset(2026, 11, 30, 5, 2, 41, TimeSpan.Zero)));
        (report.Created, report.Due).ShouldBe((report.Begin, report.End));
        (report.PublishedPolicy!.Policy, report.PublishedPolicy.FailureOption).ShouldBe(("Reject", "0"));
        report.Record.Single().SpfResult.Select(check => (check.Scope, check.Result)).ShouldBe([("Helo", "TempError"), ("MailFrom", "Fail")]);
        report.AdditionalData["policyIdentifier"].ShouldBe(15020794751271791212UL);
    }

    [Fact]
    public async Task Reports_come_newest_first_and_no_more_are_read_than_are_asked_for()
    {
        FakeJmapObjects server = CreateServer(1200);
        using MailClient client = await server.Server.ConnectAsync();
        long total = 0;
        MailReport[] reports = await client.IncomingReports.ListAsync(MailReportKind.Dmarc, new ReportQuery { Skip = 1, First = 2 }, onTotal: count => total = count, cancellationToken: s_cancellationToken).ToArrayAsync(s_cancellationToken);
        reports.Cast<MailDmarcReport>().Select(report => report.ReportId).ShouldBe(["report-1198", "report-1197"]);
        total.ShouldBe(1200);
        server.Calls[^1].Arguments.GetProperty("ids").GetArrayLength().ShouldBe(2);
        ReportIdPage ids = await client.IncomingReports.ListIdsAsync(MailReportKind.Dmarc, new ReportQuery { First = 1 }, s_cancellationToken);
        (ids.Total, ids.Ids.Single()).ShouldBe((1200, server["x:DmarcExternalReport"].Values.Last()["id"]!.GetValue<string>()));
        client.IncomingReports.ListsReports.ShouldBeTrue();
    }

    [Theory]
    [InlineData("ORT-7", 1)]
    [InlineData("xample.or", 12)]
    [InlineData("202501", 12)]
    [InlineData("2001:db8::25", 12)]
    [InlineData("quarantine", 0)]
    public async Task A_part_of_a_text_is_found_wherever_a_word_begins(string text, int count)
    {
        FakeJmapObjects server = CreateServer(12);
        using MailClient client = await server.Server.ConnectAsync();
        long total = -1;
        MailReport[] found = await client.IncomingReports.ListAsync(MailReportKind.Dmarc, new ReportQuery { Text = text, First = 1 }, onTotal: value => total = value, cancellationToken: s_cancellationToken).ToArrayAsync(s_cancellationToken);
        (found.Length, total).ShouldBe((Math.Min(count, 1), count));
        (await client.IncomingReports.ListIdsAsync(MailReportKind.Dmarc, new ReportQuery { Text = text }, s_cancellationToken)).Ids.Count.ShouldBe(count);
    }

    [Fact]
    public async Task Kind_id_and_times_alone_are_a_small_answer()
    {
        FakeJmapObjects server = CreateServer(2);
        using MailClient client = await server.Server.ConnectAsync();
        MailReport[] headers = await client.IncomingReports.ListAsync(MailReportKind.Dmarc, new ReportQuery(), idOnly: true, cancellationToken: s_cancellationToken).ToArrayAsync(s_cancellationToken);
        headers.ShouldAllBe(header => header.GetType() == typeof(MailReport) && header.Created != null && header.Expires != null);
        server.Calls[^1].Arguments.GetProperty("properties").GetRawText().ShouldBe("""["receivedAt","expiresAt"]""");
    }

    [Fact]
    public async Task A_report_is_read_and_deleted_by_its_id_and_one_that_is_not_there_is_named()
    {
        FakeJmapObjects server = CreateServer(2);
        using MailClient client = await server.Server.ConnectAsync();
        string id = server["x:DmarcExternalReport"].Values.First()["id"]!.GetValue<string>();
        (await client.IncomingReports.GetDmarcAsync(id, s_cancellationToken)).Id.ShouldBe(id);
        (await client.IncomingReports.ExistsAsync(MailReportKind.Dmarc, id, s_cancellationToken)).ShouldBeTrue();
        (await client.IncomingReports.ExistsAsync(MailReportKind.Tls, id, s_cancellationToken)).ShouldBeFalse();
        await client.IncomingReports.DeleteAsync(MailReportKind.Dmarc, id, s_cancellationToken);
        server["x:DmarcExternalReport"].Count.ShouldBe(1);
        foreach (Func<Task> call in (Func<Task>[])[() => client.IncomingReports.GetDmarcAsync(id, s_cancellationToken), () => client.IncomingReports.DeleteAsync(MailReportKind.Dmarc, id, s_cancellationToken)])
        {
            MailServerException e = await call.ShouldThrowAsync<MailServerException>();
            (e.Code, e.Item, e.Message).ShouldBe((MailErrorCode.NotFound, id, $"There is no Dmarc report '{id}'."));
        }
        // An id of a server before 0.16, and none: they never leave.
        int before = server.Server.Requests.Count;
        (await Should.ThrowAsync<MailServerException>(() => client.IncomingReports.DeleteAsync(MailReportKind.Dmarc, "342084721444532234_1797990706", s_cancellationToken))).Code.ShouldBe(MailErrorCode.RejectedByClient);
        (await Should.ThrowAsync<MailServerException>(() => client.IncomingReports.GetDmarcAsync("", s_cancellationToken))).Code.ShouldBe(MailErrorCode.RejectedByClient);
        server.Server.Requests.Count.ShouldBe(before);
    }

    [Fact]
    public async Task A_deletion_whose_answer_says_nothing_is_looked_up()
    {
        FakeJmapObjects server = CreateServer(2);
        server.Intercept = (method, arguments) =>
        {
            if (!method.EndsWith("/set", StringComparison.Ordinal))
            {
                return null;
            }
            server["x:DmarcExternalReport"].Remove(server["x:DmarcExternalReport"].Keys.First());
            return (method, "{}");
        };
        using MailClient client = await server.Server.ConnectAsync();
        string id = server["x:DmarcExternalReport"].Values.First()["id"]!.GetValue<string>();
        await client.IncomingReports.DeleteAsync(MailReportKind.Dmarc, id, s_cancellationToken);
        string other = server["x:DmarcExternalReport"].Values.First()["id"]!.GetValue<string>();
        server.Intercept = (method, _) => method.EndsWith("/set", StringComparison.Ordinal) ? (method, "{}") : null;
        (await Should.ThrowAsync<MailServerException>(() => client.IncomingReports.DeleteAsync(MailReportKind.Dmarc, other, s_cancellationToken))).Code.ShouldBe(MailErrorCode.OutcomeUnknown);
    }

    [Fact]
    public async Task Reports_to_be_sent_are_of_two_kinds_and_found_by_a_part_of_their_domain()
    {
        var server = new FakeJmapObjects();
        JsonElement dmarc = Find("x:DmarcInternalReport", "jq7g9rkyaiqa");
        server.Add("x:DmarcInternalReport", dmarc);
        server.Add("x:TlsInternalReport", JsonDocument.Parse("""
            {"id":"jq7g9rkyaira","domain":"other.test","createdAt":"2026-11-29T05:02:41Z","deliverAt":"2026-11-30T05:02:41Z","policyIdentifiers":{"1":true},"mailRua":{"tls@other.test":true},
             "httpRua":{"https://other.test/tls":true},"report":{"organizationName":"example.org","contactInfo":null,"reportId":"t1","dateRangeStart":"2026-11-29T05:02:41Z",
             "dateRangeEnd":"2026-11-30T05:02:41Z","policies":{"0":{"policyType":"noPolicyFound","policyDomain":"other.test","policyStrings":{},"mxHosts":{},"totalSuccessfulSessions":1,"totalFailedSessions":0,"failureDetails":{} } } } }
            """).RootElement);
        using MailClient client = await server.Server.ConnectAsync();
        (await ListAsync(new QueueReportQuery())).Select(report => (report.Kind, report.Domain)).ShouldBe([(MailReportKind.Dmarc, "sender.test"), (MailReportKind.Tls, "other.test")]);
        (await ListAsync(new QueueReportQuery { Kind = MailReportKind.Tls })).Single().Policy.Single().Type.ShouldBe("no-policy-found");
        (await ListAsync(new QueueReportQuery { Kind = MailReportKind.Tls })).Single().ReportTo.ShouldBe(["tls@other.test", "https://other.test/tls"]);
        (await ListAsync(new QueueReportQuery { Domain = "ENDER" })).Single().Domain.ShouldBe("sender.test");
        (await ListAsync(new QueueReportQuery { Skip = 1, First = 1 })).Single().Kind.ShouldBe(MailReportKind.Tls);
        (await Should.ThrowAsync<MailServerException>(() => ListAsync(new QueueReportQuery { Kind = MailReportKind.Arf }))).Code.ShouldBe(MailErrorCode.RejectedByClient);
        ReportIdPage ids = await client.QueueReports.ListIdsAsync(new QueueReportQuery { Domain = "test", First = 1 }, s_cancellationToken);
        (ids.Total, ids.Ids.Single()).ShouldBe((2, "jq7g9rkyaiqa"));

        // The id alone does not tell the kind.
        (await client.QueueReports.GetAsync("jq7g9rkyaira", s_cancellationToken)).Kind.ShouldBe(MailReportKind.Tls);
        await client.QueueReports.DeleteAsync("jq7g9rkyaira", s_cancellationToken);
        server["x:TlsInternalReport"].ShouldBeEmpty();
        await client.QueueReports.DeleteAsync("jq7g9rkyaiqa", MailReportKind.Dmarc, s_cancellationToken);
        server["x:DmarcInternalReport"].ShouldBeEmpty();
        (await client.QueueReports.ExistsAsync("jq7g9rkyaiqa", s_cancellationToken)).ShouldBeFalse();
        (await Should.ThrowAsync<MailServerException>(() => client.QueueReports.DeleteAsync("jq7g9rkyaiqa", s_cancellationToken))).Code.ShouldBe(MailErrorCode.NotFound);
        (await Should.ThrowAsync<MailServerException>(() => client.QueueReports.DeleteAsync("jq7g9rkyaiqa", MailReportKind.Dmarc, s_cancellationToken))).Code.ShouldBe(MailErrorCode.NotFound);

        async Task<MailQueueReport[]> ListAsync(QueueReportQuery query) => await client.QueueReports.ListAsync(query, cancellationToken: s_cancellationToken).ToArrayAsync(s_cancellationToken);
    }

    private static JsonElement Find(string type, string id) => RecordedJmapAnswers.ReadObjects(type).First(item => item.GetProperty("id").GetString() == id);

    private static FakeJmapObjects CreateServer(int count)
    {
        var server = new FakeJmapObjects();
        JsonElement report = Find("x:DmarcExternalReport", "jq7g9jm7agqa");
        for (int i = 0; i < count; i++)
        {
            string id = JmapId.FromNumber(JmapId.ToLargeNumber("jq7g9jm7agqa") + (ulong)i);
            server.Add("x:DmarcExternalReport", JsonDocument.Parse(report.GetRawText().Replace("jq7g9jm7agqa", id, StringComparison.Ordinal).Replace("\"report-2\"", $"\"report-{i}\"", StringComparison.Ordinal)).RootElement);
        }
        return server;
    }
}
