// The queue and the reports as real servers of three versions sent them.
using System.Net;
using System.Text;
using System.Text.Json;
using MailAdmin.Client;
using MailAdmin.Tests.Hosting;
using MailAdmin.Tests.Recordings;

namespace MailAdmin.Tests.Queue;

public sealed class QueueRecordingTests
{
    private static readonly CancellationToken s_cancellationToken = TestContext.Current.CancellationToken;

    private static readonly Operation[] s_reportReads =
        [Operations.ListDmarcReports, Operations.ListTlsReports, Operations.ListArfReports, Operations.GetReport, Operations.ListQueueReports, Operations.GetQueueReport];

    public static TheoryData<string> Versions => ["0.11.8", "0.13.4", "0.15.5"];

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Every_recorded_queue_answer_reads_without_anything_left_over(string version)
    {
        int messages = 0;
        foreach (RecordedLine line in Answers(version, Operations.ListQueueMessages, Operations.GetQueueMessage))
        {
            string path = Path(line);
            using MailClient client = await PlayAsync(line);
            if (line.Called == Operations.GetQueueMessage)
            {
                Check(await client.Queue.GetAsync(ulong.Parse(path.Split('/')[^1], null), s_cancellationToken));
                messages++;
            }
            else if (path.Contains("values=1", StringComparison.Ordinal))
            {
                await foreach (MailQueueMessage message in client.Queue.ListAsync(new QueueQuery { First = 50 }, null, s_cancellationToken))
                {
                    Check(message);
                    messages++;
                }
            }
            else
            {
                IReadOnlyList<ulong> ids = await client.Queue.ListIdsAsync(QueueFilter.Everything, s_cancellationToken);
                string.Join(',', ids).ShouldBe(Body(line).GetProperty("data").GetProperty("items").GetRawText().Trim('[', ']'));
            }
        }
        messages.ShouldBeGreaterThan(15);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task One_message_of_five_fates_is_the_same_from_every_server(string version)
    {
        RecordedLine line = Answers(version, Operations.ListQueueMessages).Single(l => l.Id == "363");
        using MailClient client = await PlayAsync(line);
        MailQueueMessage message = (await client.Queue.SampleAsync(QueueFilter.Everything, 5, s_cancellationToken)).Messages.Single();

        message.Recipient.Select(r => (r.Address, r.Domain, r.Status, r.RetryCount, r.NextRetry is not null)).ShouldBe(
        [
            ("gone@bounce.test", "bounce.test", "PermanentFailure", 0, false),
            ("ok@delivered.test", "delivered.test", "Completed", 0, false),
            ("down@elsewhere.test", "elsewhere.test", "TemporaryFailure", 1, true),
            ("lost@nodomain.test", "nodomain.test", "PermanentFailure", 0, false),
            ("wait@remote.test", "remote.test", "TemporaryFailure", 1, true),
        ]);
        message.Recipient.ShouldAllBe(r => r.Reply!.Length > 0 && r.Expires - message.Created == TimeSpan.FromDays(5));
        message.Recipient[2].Reply!.ShouldContain("Connection refused");
        message.Status.ShouldBe(DeliveryStatus.TemporaryFailure);
        message.NextRetry.ShouldBe(message.Created.AddMinutes(2));
        message.RetryCount.ShouldBe(1);
        (message.Size, message.From, message.BlobId).ShouldBe((210, "john@example.org", "HAJqGhChTOebZvD3P7q7yLAfmHke4evYvwdsVdgtQ4M"));
        message.QueueId.ShouldBe(message.Id);
        message.Id.ShouldBeGreaterThan(1UL << 53);
    }

    [Fact]
    public async Task A_cut_expiry_and_a_cancelled_recipient_show()
    {
        using MailClient client = await PlayAsync(Answers("0.11.8", Operations.GetQueueMessage).Single(l => l.Id == "343"));
        MailQueueMessage message = await client.Queue.GetAsync(342084653895266304, s_cancellationToken);
        message.Recipient.Select(r => r.Status).ShouldBe([DeliveryStatus.PermanentFailure, DeliveryStatus.Scheduled]);
        (message.Expires - message.NextRetry).ShouldBe(TimeSpan.FromSeconds(10));
        message.Status.ShouldBe(DeliveryStatus.Scheduled);
    }

    [Fact]
    public async Task A_server_that_counts_attempts_sends_no_expiry()
    {
        using MailClient client = await PlayAsync(Answers("0.15.5", Operations.GetQueueMessage).Single(l => l.Id == "337"));
        MailQueueMessage message = await client.Queue.GetAsync(1, s_cancellationToken);
        message.Expires.ShouldBeNull();
        message.Recipient.ShouldAllBe(r => r.Queue == "default" && r.NextRetry != null);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Every_recorded_report_reads_without_anything_left_over(string version)
    {
        int reports = 0;
        foreach (RecordedLine line in Answers(version, s_reportReads))
        {
            using MailClient client = await PlayAsync(line);
            string[] parts = Path(line).Split('?')[0].Split('/');
            string id = Uri.UnescapeDataString(parts[^1]);
            switch (parts[^2])
            {
                case "dmarc":
                    (await client.IncomingReports.GetDmarcAsync(id, s_cancellationToken)).AdditionalData.ShouldBeEmpty();
                    reports++;
                    break;
                case "tls":
                    (await client.IncomingReports.GetTlsAsync(id, s_cancellationToken)).AdditionalData.ShouldBeEmpty();
                    reports++;
                    break;
                case "arf":
                    (await client.IncomingReports.GetArfAsync(id, s_cancellationToken)).AdditionalData.ShouldBeEmpty();
                    reports++;
                    break;
                case var _ when line.Called == Operations.GetQueueReport:
                    (await client.QueueReports.GetAsync(id, s_cancellationToken)).AdditionalData.ShouldBeEmpty();
                    reports++;
                    break;
                case var _ when line.Called == Operations.ListQueueReports:
                    CheckIds(line, await client.QueueReports.ListIdsAsync(new QueueReportQuery(), s_cancellationToken));
                    break;
                case var _ when line.Called != Operations.GetReport:
                    CheckIds(line, await client.IncomingReports.ListIdsAsync(MailReportKind.Dmarc, new ReportQuery(), s_cancellationToken));
                    break;
                default:
                    throw new InvalidOperationException(Path(line));
            }
        }
        reports.ShouldBe(5);
    }

    [Fact]
    public async Task A_DMARC_report_is_flat_and_typed()
    {
        using MailClient client = await PlayAsync(Answers("0.11.8", Operations.GetReport).Single(l => l.Id == "376"));
        MailDmarcReport report = await client.IncomingReports.GetDmarcAsync("342084721444532234_1797990706", s_cancellationToken);
        (report.Kind, report.Id, report.Expires).ShouldBe((MailReportKind.Dmarc, "342084721444532234_1797990706", new DateTimeOffset(2026, 12, 23, 1, 51, 46, TimeSpan.Zero)));
        (report.Organization, report.Domain, report.Policy, report.ReportId).ShouldBe(("reporter.test", "example.org", DmarcPolicy.Quarantine, "report-2"));
        (report.Begin, report.End).ShouldBe((new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 1, 1, 23, 59, 59, TimeSpan.Zero)));
        report.PublishedPolicy.SpfAlignment.ShouldBe(DmarcAlignment.Strict);
        (report.MessageCount, report.FailureCount).ShouldBe((26, 19));

        report.Record.Select(r => (r.SourceIp, r.MessageCount, r.Disposition, r.Dkim, r.Passed)).ShouldBe(
        [
            ("192.0.2.10", 7, DmarcPolicy.None, AuthenticationResult.Pass, true),
            ("2001:db8::25", 19, DmarcPolicy.Quarantine, AuthenticationResult.Fail, false),
        ]);
        MailDmarcRecord failed = report.Record[1];
        failed.Reason.Single().ShouldBeEquivalentTo(new DmarcOverride("Forwarded", "looks forwarded"));
        failed.SpfResult.Single().ShouldBeEquivalentTo(new SpfCheck("spoofer.test", "Helo", AuthenticationResult.SoftFail, null));
        (failed.EnvelopeFrom, failed.EnvelopeTo).ShouldBe((null, null));
        report.Record[0].DkimResult.Single().Selector.ShouldBe("202501e");
    }

    [Fact]
    public async Task TLS_abuse_and_queued_reports_are_typed()
    {
        using MailClient tlsClient = await PlayAsync(Answers("0.11.8", Operations.GetReport).Single(l => l.Id == "388"));
        MailTlsReport tls = await tlsClient.IncomingReports.GetTlsAsync("342084721459212299_1797990706", s_cancellationToken);
        (tls.SuccessCount, tls.FailureCount, tls.Domain.ToString()).ShouldBe((5326, 303, "example.org"));
        tls.Policy.Single().Type.ShouldBe(TlsPolicyType.Sts);
        tls.Policy[0].Failure.Select(f => (f.Result, f.FailureCount)).ShouldBe([(TlsResult.CertificateExpired, 100), (TlsResult.StartTlsNotSupported, 203)]);

        using MailClient arfClient = await PlayAsync(Answers("0.11.8", Operations.GetReport).Single(l => l.Id == "399"));
        MailArfReport arf = await arfClient.IncomingReports.GetArfAsync("342084721469698060_1797990706", s_cancellationToken);
        (arf.FeedbackType, arf.OriginalMailFrom, arf.SourceIp).ShouldBe((FeedbackType.Abuse, "somespammer@example.org", "192.0.2.1"));
        arf.Received.ShouldBe(new DateTimeOffset(2026, 3, 8, 14, 0, 0, TimeSpan.Zero));

        using MailClient queueClient = await PlayAsync(Answers("0.11.8", Operations.GetQueueReport).Single(l => l.Id == "408"));
        MailQueueReport queued = await queueClient.QueueReports.GetAsync("d!sender.test!1655280429126379915!1795392000!1795478400", s_cancellationToken);
        (queued.Kind, queued.Domain, queued.ReportTo.ToString(), queued.Record.Single().MessageCount).ShouldBe((MailReportKind.Dmarc, "sender.test", "dmarc@sender.test", 2));
        queued.PublishedPolicy!.Policy.ShouldBe(DmarcPolicy.Reject);
        queued.End.ShouldBe(new DateTimeOffset(2026, 11, 24, 0, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public async Task Words_and_members_of_a_later_server_are_kept()
    {
        var server = new FakeServer(_ => TestResponses.Data("""
            {"id":342084704581332998,"return_path":"","new_thing":{"a":1},"recipients":[
              {"address":"a@b.test","status":{"on_hold":{"why":"quota"}},"retry_num":2,"next_retry":"2026-11-23T01:53:38Z","mood":"calm"}],
             "created":"2026-11-23T01:51:38Z","size":1,"blob_hash":"x"}
            """));
        using MailClient client = await server.ConnectAsync();
        MailQueueMessage message = await client.Queue.GetAsync(342084704581332998, s_cancellationToken);
        message.AdditionalData["new_thing"].ShouldBeOfType<NamedValues>()["a"].ShouldBe(1L);
        (message.Status, message.Recipient[0].Reply, message.Recipient[0].AdditionalData.ContainsKey("mood")).ShouldBe(("on_hold", """{"why":"quota"}""", true));
        DmarcPolicy.Parse("Mumble").Name.ShouldBe("Mumble");
        DmarcPolicy.Parse("rejeCT").ShouldBe(DmarcPolicy.Reject);
        default(DmarcPolicy).ShouldBe(DmarcPolicy.Unspecified);
        default(DeliveryStatus).ShouldBe(DeliveryStatus.FromWire("scheduled"));
    }

    [Theory]
    [InlineData("""{"return_path":"a@b.test","recipients":[]}""")]
    [InlineData("""[]""")]
    [InlineData("""{"id":-5}""")]
    [InlineData("""{"id":1,"domains":{}}""")]
    [InlineData("""{"id":1,"created":"yesterday"}""")]
    public async Task What_is_no_message_is_an_error_of_the_answer(string json)
    {
        using MailClient client = await new FakeServer(_ => TestResponses.Data(json)).ConnectAsync();
        MailServerException e = await Should.ThrowAsync<MailServerException>(client.Queue.GetAsync(1, s_cancellationToken));
        e.Code.ShouldBe(MailErrorCode.UnexpectedResponse);
    }

    private static void Check(MailQueueMessage message)
    {
        message.AdditionalData.ShouldBeEmpty();
        message.Recipient.ShouldNotBeEmpty();
        message.Recipient.ShouldAllBe(r => r.AdditionalData.Count == 0 && r.Address.EndsWith("@" + r.Domain, StringComparison.Ordinal));
        new[] { "Scheduled", "Completed", "TemporaryFailure", "PermanentFailure" }.ShouldContain(message.Status);
        message.Created.Year.ShouldBe(2026);
    }

    private static void CheckIds(RecordedLine line, ReportIdPage page)
    {
        JsonElement data = Body(line).GetProperty("data");
        page.Ids.ShouldBe(data.GetProperty("items").EnumerateArray().Select(i => i.GetString()!));
        page.Total.ShouldBe(data.GetProperty("total").GetInt64());
    }

    // Every successful answer of the operations, so that an answer added to the recordings is read too.
    private static IEnumerable<RecordedLine> Answers(string version, params Operation[] operations) =>
        RecordedLine.ReadAll(System.IO.Path.Combine(AppContext.BaseDirectory, "Recordings", $"stalwart-{version}.jsonl"))
            .Where(line => line.Called is { } called && operations.Contains(called) && line.Response.GetProperty("status").GetInt32() == 200);

    private static string Path(RecordedLine line) => line.Request!.Value.GetProperty("path").GetString()!;

    private static JsonElement Body(RecordedLine line) => JsonDocument.Parse(line.Response.GetProperty("body").GetString()!).RootElement;

    private static Task<MailClient> PlayAsync(RecordedLine line)
    {
        byte[] body = Encoding.UTF8.GetBytes(line.Response.GetProperty("body").GetString()!);
        return new FakeServer(_ => TestResponses.Create(HttpStatusCode.OK, body, "application/json; charset=utf-8")).ConnectAsync();
    }
}
