// The spam filter and the DMARC test at the client: what is sent, to which version, and that no value of the recorded answers is lost.
using System.Net;
using System.Text;
using System.Text.Json;
using MailAdmin.Client;
using MailAdmin.Tests.Hosting;
using MailAdmin.Tests.Recordings;

namespace MailAdmin.Tests.Spam;

public sealed class SpamResourceTests
{
    private static readonly byte[] s_mail = "From: a@example.org\r\nSubject: \"x\"\r\n\r\n1+1=ü\r\n"u8.ToArray();
    private static readonly CancellationToken s_cancellationToken = TestContext.Current.CancellationToken;

    public static TheoryData<string> Versions => ["0.11.8", "0.13.4", "0.15.5"];

    private static Dictionary<string, RecordedExchange> Recording(string version) => RecordedExchange
        .ReadFile(Path.Combine(AppContext.BaseDirectory, "Recordings", $"stalwart-{version}.jsonl"))
        .GroupBy(e => e.Id).ToDictionary(g => g.Key, g => g.First());

    private static JsonElement GetData(RecordedExchange exchange)
    {
        using var document = JsonDocument.Parse(exchange.Body);
        return document.RootElement.GetProperty("data").Clone();
    }

    [Theory]
    [InlineData("0.11.8", "train", SpamTrainingStatus.Learned)]
    [InlineData("0.14.9", "train", SpamTrainingStatus.Learned)]
    [InlineData("0.15.0", "upload", SpamTrainingStatus.Stored)]
    [InlineData("0.15.5", "upload", SpamTrainingStatus.Stored)]
    public async Task Each_version_has_its_own_route(string version, string word, SpamTrainingStatus status)
    {
        var server = new FakeServer { Version = version };
        using MailClient client = await server.ConnectAsync();
        (await client.Spam.TrainAsync(s_mail, SpamClass.Spam, null, s_cancellationToken)).ShouldBe(status);
        (await client.Spam.TrainAsync(s_mail, SpamClass.Ham, "Jane+x", s_cancellationToken)).ShouldBe(status);
        server.RequestLines.ShouldBe([$"POST /api/spam-filter/{word}/spam", $"POST /api/spam-filter/{word}/ham/jane%2Bx"]);
        server.Requests[0].Body.ShouldBe(Encoding.UTF8.GetString(s_mail));
        client.Spam.StoresSamples.ShouldBe(word == "upload");
    }

    [Fact]
    public async Task An_unknown_version_is_found_out_once()
    {
        var server = new FakeServer(r => r.Target.Contains("/train/", StringComparison.Ordinal) ? TestResponses.Problem(404, "Not Found") : TestResponses.Data("null"));
        using MailClient client = await ConnectAsync(server);
        client.Spam.StoresSamples.ShouldBeNull();
        (await client.Spam.TrainAsync(s_mail, SpamClass.Spam, null, s_cancellationToken)).ShouldBe(SpamTrainingStatus.Stored);
        (await client.Spam.TrainAsync(s_mail, SpamClass.Spam, null, s_cancellationToken)).ShouldBe(SpamTrainingStatus.Stored);
        server.RequestLines.Where(l => l.Contains("/spam-filter/", StringComparison.Ordinal)).ShouldBe(["POST /api/spam-filter/train/spam", "POST /api/spam-filter/upload/spam", "POST /api/spam-filter/upload/spam"]);
        client.Spam.StoresSamples.ShouldBe(true);
    }

    [Fact]
    public async Task An_unknown_account_is_not_taken_for_another_version()
    {
        var server = new FakeServer(_ => TestResponses.Json(HttpStatusCode.OK, """{"error":"notFound","item":"nobody"}"""));
        using MailClient client = await ConnectAsync(server);
        MailServerException e = await Should.ThrowAsync<MailServerException>(client.Spam.TrainAsync(s_mail, SpamClass.Ham, "nobody", s_cancellationToken));
        (e.Code, e.Item).ShouldBe((MailErrorCode.NotFound, "nobody"));
        e.Message.ShouldContain("'nobody'");
        server.RequestLines.ShouldNotContain(l => l.Contains("/upload/", StringComparison.Ordinal));
        client.Spam.StoresSamples.ShouldBe(false);
    }

    [Fact]
    public async Task Nothing_is_sent_that_the_server_would_drop()
    {
        var server = new FakeServer();
        using MailClient client = await server.ConnectAsync();
        await Should.ThrowAsync<ArgumentException>(client.Spam.TrainAsync([], SpamClass.Spam, null, s_cancellationToken));
        await Should.ThrowAsync<ArgumentException>(client.Spam.TrainAsync(s_mail, SpamClass.Spam, " ", s_cancellationToken));
        (await Should.ThrowAsync<MailServerException>(client.Spam.TrainAsync(new byte[(1024 * 1024) + 1], SpamClass.Spam, null, s_cancellationToken))).Code.ShouldBe(MailErrorCode.RejectedByClient);
        // As JSON each quotation mark counts twice.
        byte[] quotes = Encoding.ASCII.GetBytes("Subject: x\r\n\r\n" + new string('"', 600_000));
        (await Should.ThrowAsync<MailServerException>(client.Spam.ClassifyAsync(Spam(quotes), s_cancellationToken))).Code.ShouldBe(MailErrorCode.RejectedByClient);
        (await Should.ThrowAsync<MailServerException>(client.DmarcTest.TestAsync(Dmarc(quotes), s_cancellationToken))).Code.ShouldBe(MailErrorCode.RejectedByClient);
        server.Requests.ShouldBeEmpty();
        await client.Spam.TrainAsync(new byte[1024 * 1024], SpamClass.Spam, null, s_cancellationToken);
        // … and the + of base64 once.
        server.OnRequest = _ => TestResponses.Create(HttpStatusCode.OK, Recording("0.11.8")["427"].Body, "application/json");
        await client.Spam.ClassifyAsync(Spam(Encoding.ASCII.GetBytes("Subject: x\r\n\r\n" + new string('+', 900_000))), s_cancellationToken);
        server.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Learning_is_not_repeated_and_a_lost_answer_is_said()
    {
        var server = new FakeServer(_ => TestResponses.ConnectionLost());
        using MailClient client = await server.ConnectAsync();
        (await Should.ThrowAsync<MailServerException>(client.Spam.TrainAsync(s_mail, SpamClass.Spam, null, s_cancellationToken))).Code.ShouldBe(MailErrorCode.OutcomeUnknown);
        (await Should.ThrowAsync<MailServerException>(client.Spam.StartTrainingAsync(s_cancellationToken))).Code.ShouldBe(MailErrorCode.OutcomeUnknown);
        server.Requests.Count.ShouldBe(2);
        // A test changes nothing, so it is.
        await Should.ThrowAsync<MailServerException>(client.Spam.ClassifyAsync(Spam(s_mail), s_cancellationToken));
        server.Requests.Count.ShouldBeGreaterThan(3);
    }

    [Fact]
    public async Task Everything_that_a_test_needs_is_sent()
    {
        var server = new FakeServer(_ => TestResponses.Create(HttpStatusCode.OK, Recording("0.11.8")["427"].Body, "application/json"));
        using MailClient client = await server.ConnectAsync();
        MailSpamResult result = await client.Spam.ClassifyAsync(Spam(s_mail), s_cancellationToken);
        using var sent = JsonDocument.Parse(server.Requests.Single().Body);
        JsonElement body = sent.RootElement;
        body.GetProperty("message").GetString().ShouldBe(Encoding.UTF8.GetString(s_mail));
        body.GetProperty("remoteIp").GetString().ShouldBe("192.0.2.1");
        body.GetProperty("envFrom").GetString().ShouldBe("");
        body.GetProperty("envFromFlags").GetInt32().ShouldBe(0);
        body.GetProperty("envRcptTo").EnumerateArray().Select(r => r.GetString()).ShouldBe(["john@example.org"]);
        body.GetProperty("isTls").GetBoolean().ShouldBeTrue();
        body.GetProperty("ehloDomain").GetString().ShouldBe("mail.sender.test");
        body.TryGetProperty("authenticatedAs", out _).ShouldBeFalse();
        (result.RemoteIp!.ToString(), result.To.ToString()).ShouldBe(("192.0.2.1", "john@example.org"));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Nothing_of_a_spam_result_is_lost(string version)
    {
        RecordedExchange recorded = Recording(version)["427"];
        var result = (MailSpamResult)(await RecordedExchangeReader.ReadAsync(recorded))!;
        JsonElement data = GetData(recorded);
        result.Score.ShouldBe(data.GetProperty("score").GetDouble());
        result.Disposition.ShouldBe(SpamAction.Allow);
        result.Headers.ShouldBe(data.GetProperty("disposition").GetProperty("value").GetString());
        result.Tag.Select(t => (t.Name, t.Score, t.Action)).ShouldBe(data.GetProperty("tags").EnumerateObject().Select(t => (t.Name, t.Value.GetProperty("value").GetDouble(), SpamAction.Allow.Name)), ignoreOrder: true);
        result.AdditionalData.ShouldBeEmpty();
    }

    [Fact]
    public async Task Tags_are_sorted_by_what_they_decide_and_unknown_words_are_kept()
    {
        var server = new FakeServer(_ => TestResponses.Data("""
            {"score":7.5,"tags":{"A":{"action":"allow","value":0.5},"B":{"action":"allow","value":-3.0},"C":{"action":"discard"},"D":{"action":"allow","value":9.0},"E":{"action":"shred"}},
            "disposition":{"action":"reject"},"news":1}
            """));
        using MailClient client = await server.ConnectAsync();
        MailSpamResult result = await client.Spam.ClassifyAsync(Spam(s_mail), s_cancellationToken);
        result.Tag.Select(t => t.ToString()).ShouldBe(["C (Discard)", "E (shred)", "D (9.00)", "B (-3.00)", "A (0.50)"]);
        (result.Disposition, result.Headers).ShouldBe((SpamAction.Reject, null));
        result.AdditionalData.Keys.ShouldBe(["news"]);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Nothing_of_a_DMARC_result_is_lost(string version)
    {
        foreach (string id in new[] { "433", "435", "445", "446", "447" })
        {
            RecordedExchange recorded = Recording(version)[id];
            var result = (MailDmarcResult)(await RecordedExchangeReader.ReadAsync(recorded))!;
            JsonElement data = GetData(recorded);
            result.Pass.ShouldBe(data.GetProperty("dmarcPass").GetBoolean());
            ShouldEqual(result.SpfEhlo, data, "spfEhloResult").Domain.ShouldBe(data.GetProperty("spfEhloDomain").GetString());
            ShouldEqual(result.SpfMailFrom, data, "spfMailFromResult").Domain.ShouldBe(data.GetProperty("spfMailFromDomain").GetString());
            ShouldEqual(result.IpRev, data, "ipRevResult");
            ShouldEqual(result.Arc, data, "arcResult");
            ShouldEqual(result.Dmarc, data, "dmarcResult");
            result.PtrRecord.ShouldBe(data.GetProperty("ipRevPtr").EnumerateArray().Select(p => p.GetString()!));
            result.Dkim.Count.ShouldBe(data.GetProperty("dkimResults").GetArrayLength());
            result.DkimPass.ShouldBe(data.GetProperty("dkimPass").GetBoolean());
            result.Policy.ShouldBe(DmarcPolicy.Parse(data.GetProperty("dmarcPolicy").GetString()!));
            result.Elapsed.TotalMilliseconds.ShouldBe(data.GetProperty("elapsed").GetInt64());
            result.AdditionalData.ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task DMARC_is_judged_by_its_flag_and_not_by_the_result_beside_it()
    {
        var result = (MailDmarcResult)(await RecordedExchangeReader.ReadAsync(Recording("0.11.8")["447"]))!;
        (result.Pass, result.Dmarc.Result).ShouldBe((false, AuthenticationResult.None));
        result.Reason.ShouldBe("SPF Fail for sender.test; no DKIM signature; policy Reject");
    }

    [Fact]
    public async Task Forms_that_no_recording_shows_are_read_too()
    {
        var server = new FakeServer(_ => TestResponses.Data("""
            {"spfEhloDomain":"a","spfEhloResult":{"type":"softFail","details":"why"},"spfMailFromDomain":"b","spfMailFromResult":{"type":"brandNew","hint":2},"ipRevResult":{"type":"tempError"},
            "ipRevPtr":["x.","y."],"dkimResults":[{"type":"pass"},{"type":"fail","details":"body hash"}],"dkimPass":true,"arcResult":{"type":"none"},"dmarcResult":{"type":"pass"},"dmarcPass":true,
            "dmarcPolicy":"quarantine","elapsed":1500,"extra":true}
            """));
        using MailClient client = await server.ConnectAsync();
        MailDmarcResult result = await client.DmarcTest.TestAsync(Dmarc(null), s_cancellationToken);
        server.Requests.Single().Body.ShouldBe("""{"remoteIp":"192.0.2.1","ehloDomain":"mail.sender.test","mailFrom":"news@sender.test"}""");
        (result.SpfEhlo.Result, result.SpfEhlo.Details, result.SpfMailFrom.Result, result.IpRev.Result).ShouldBe((AuthenticationResult.SoftFail, "why", "brandNew", AuthenticationResult.TempError));
        result.SpfMailFrom.AdditionalData.Keys.ShouldBe(["hint"]);
        result.AdditionalData.Keys.ShouldBe(["extra"]);
        (result.PtrRecord.ToString(), result.Policy, result.Elapsed).ShouldBe(("x.;y.", DmarcPolicy.Quarantine, TimeSpan.FromSeconds(1.5)));
        result.Reason.ShouldBe("SPF brandNew for b; DKIM Pass, Fail; policy Quarantine");
    }

    // A key that may not ask for the version.
    private static Task<MailClient> ConnectAsync(FakeServer server)
    {
        server.Intercept = request => request.Uri.AbsolutePath == "/api/oauth" ? TestResponses.Problem(403, "Forbidden") : null;
        return server.ConnectAsync(MailCredential.FromApiKey("api_a2V5OnNlY3JldA=="));
    }

    private static AuthenticationCheck ShouldEqual(AuthenticationCheck check, JsonElement data, string name)
    {
        JsonElement sent = data.GetProperty(name);
        check.Result.ShouldBe(sent.GetProperty("type").GetString(), StringCompareShould.IgnoreCase);
        check.Details.ShouldBe(sent.TryGetProperty("details", out JsonElement details) ? details.GetString() : null);
        check.AdditionalData.ShouldBeEmpty();
        return check;
    }

    private static SpamQuery Spam(byte[] message) => new()
    {
        Message = message,
        RemoteIp = IPAddress.Parse("192.0.2.1"),
        From = "",
        To = ["john@example.org"],
        EhloDomain = "mail.sender.test",
        IsTls = true,
    };

    private static DmarcQuery Dmarc(byte[]? message) => new()
    {
        RemoteIp = IPAddress.Parse("192.0.2.1"),
        EhloDomain = "mail.sender.test",
        From = "news@sender.test",
        Message = message,
    };
}
