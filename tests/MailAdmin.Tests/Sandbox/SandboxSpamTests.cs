using System.Text.Json;
using MailAdmin.Sandbox;

namespace MailAdmin.Tests.Sandbox;

public sealed class SandboxSpamTests
{
    private const string Test = "XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X";

    private static readonly string s_minutes = Mail("jane.doe@example.org", "Minutes of the meeting", "Here are the minutes of today's meeting.");
    private static readonly string s_offer = Mail("bill@spam.test", "Earn money fast", "Buy now, cheap pills, earn money fast");

    private readonly FrozenTime _time = new();

    [Theory]
    [InlineData("0.11.8")]
    [InlineData("0.13.4")]
    [InlineData("0.15.5")]
    public async Task The_headers_of_a_verdict_are_those_of_the_recorded_server(string version)
    {
        RecordedLine recorded = RecordedLine.ReadAll(Path.Combine(AppContext.BaseDirectory, "Recordings", $"stalwart-{version}.jsonl")).Single(line => line.Id == "427");
        _time.Now = recorded.Time!.Value;
        SandboxServer server = Server(version);
        CapturedResponse answer = await server.SendAsync("POST", "/api/spam-filter/classify", recorded.Request!.Value.GetProperty("body").GetString());
        string? was = JsonElement.Parse(recorded.Response.GetProperty("body").GetString()!).GetProperty("data").GetProperty("disposition").GetProperty("value").GetString();
        answer.Data.GetProperty("disposition").GetProperty("value").GetString().ShouldBe(was);
        answer.Text.ShouldContain("\"score\":0.0");
    }

    [Fact]
    public async Task Only_what_was_learnt_often_enough_counts()
    {
        SandboxServer server = Server("0.11");
        await SetAsync(server, ("spam-filter.bayes.classify.learns", "3"), ("spam-filter.list.scores.BAYES_SPAM", "5.1"), ("spam-filter.list.scores.BAYES_HAM", "-3.0"));
        for (int i = 0; i < 3; i++)
        {
            (await ClassifyAsync(server, s_offer)).Tags.ShouldNotContain(tag => tag.StartsWith("BAYES", StringComparison.Ordinal));
            await server.SendAsync("POST", "/api/spam-filter/train/spam", s_offer);
            await server.SendAsync("POST", "/api/spam-filter/train/ham", s_minutes);
        }

        (double Score, string[] Tags, string Headers) spam = await ClassifyAsync(server, s_offer);
        (spam.Score, spam.Headers[^26..]).ShouldBe((5.1, "Spam-Status: Yes, score=5.10\r\n"[^26..]));
        spam.Tags.ShouldContain("BAYES_SPAM");
        (double Score, string[] Tags, string Headers) ham = await ClassifyAsync(server, s_minutes);
        ham.Tags.ShouldContain("BAYES_HAM");
        ham.Headers.ShouldStartWith("X-Spam-Result: BAYES_HAM (-3.00),\r\n\tARC_NA (0.00),");
        ham.Headers.ShouldEndWith("X-Spam-Status: No, score=-3.00\r\n");
    }

    [Fact]
    public async Task Purging_what_was_learnt_forgets_it()
    {
        SandboxServer server = Server("0.11");
        await SetAsync(server, ("spam-filter.bayes.classify.learns", "1"));
        await server.SendAsync("POST", "/api/spam-filter/train/spam", s_offer);
        await server.SendAsync("POST", "/api/spam-filter/train/ham", s_minutes);
        (await ClassifyAsync(server, s_offer)).Tags.ShouldContain("BAYES_SPAM");
        await server.SendAsync("GET", "/api/store/purge/in-memory/default/bayes-account");
        (await ClassifyAsync(server, s_offer)).Tags.ShouldContain("BAYES_SPAM");
        await server.SendAsync("GET", "/api/store/purge/in-memory/default/bayes-global");
        (await ClassifyAsync(server, s_offer)).Tags.ShouldNotContain("BAYES_SPAM");
    }

    [Fact]
    public async Task What_an_account_learnt_counts_for_it_alone_where_accounts_learn()
    {
        SandboxServer server = Server("0.11");
        await server.AddUserAsync("john", "john-secret");
        await server.AddUserAsync("jane", "jane-secret");
        await SetAsync(server, ("spam-filter.bayes.classify.learns", "1"));
        await server.SendAsync("POST", "/api/spam-filter/train/spam/john", s_offer, SandboxServerExtensions.CreateBasicAuthorization("jane", "jane-secret"));
        await server.SendAsync("POST", "/api/spam-filter/train/ham/john", s_minutes);
        (await ClassifyAsync(server, s_offer)).Tags.ShouldNotContain("BAYES_SPAM");
        await SetAsync(server, ("spam-filter.bayes.account.enable", "true"));
        (await ClassifyAsync(server, s_offer)).Tags.ShouldContain("BAYES_SPAM");
        (await ClassifyAsync(server, s_offer, to: "jane@example.org")).Tags.ShouldNotContain("BAYES_SPAM");
    }

    [Fact]
    public async Task Samples_are_learnt_by_a_training_that_takes_its_time()
    {
        SandboxServer server = Server("0.15");
        await SetAsync(server, ("spam-filter.classifier.samples.min-spam", "1"), ("spam-filter.classifier.samples.min-ham", "1"));
        (await server.SendAsync("POST", "/api/spam-filter/train/spam", s_offer)).Status.ShouldBe(404);
        (await server.SendAsync("POST", "/api/spam-filter/upload/spam", s_offer)).Data.ValueKind.ShouldBe(JsonValueKind.Null);
        await server.SendAsync("POST", "/api/spam-filter/upload/ham", s_minutes);
        (await GetAsync(server, "status")).ShouldBeFalse();
        (await GetAsync(server, "stop")).ShouldBeFalse();
        (await GetAsync(server, "start")).ShouldBeTrue();
        (await GetAsync(server, "status")).ShouldBeTrue();
        (await GetAsync(server, "stop")).ShouldBeTrue();
        server.Clock.Advance(TimeSpan.FromMinutes(1));
        (await ClassifyAsync(server, s_offer)).Tags.ShouldNotContain(tag => tag.StartsWith("PROB", StringComparison.Ordinal));

        await GetAsync(server, "start");
        (await ClassifyAsync(server, s_offer)).Tags.ShouldNotContain("PROB_SPAM_HIGH");
        server.Clock.Advance(TimeSpan.FromMinutes(1));
        (await GetAsync(server, "status")).ShouldBeFalse();
        (await ClassifyAsync(server, s_offer)).Tags.ShouldContain("PROB_SPAM_HIGH");
        (await ClassifyAsync(server, s_minutes)).Tags.ShouldContain("PROB_HAM_HIGH");

        await GetAsync(server, "delete");
        (await ClassifyAsync(server, s_offer)).Tags.ShouldNotContain("PROB_SPAM_HIGH");
        await GetAsync(server, "reset");
        server.Clock.Advance(TimeSpan.FromMinutes(1));
        (await ClassifyAsync(server, s_offer)).Tags.ShouldContain("PROB_SPAM_HIGH");
    }

    [Fact]
    public async Task The_sample_organisation_tells_spam_from_minutes()
    {
        foreach (string version in new[] { "0.11", "0.15" })
        {
            var server = new SandboxServer(new SandboxOptions { ServerVersion = version });
            (double Score, string[] Tags, string Headers) spam = await ClassifyAsync(server, s_offer);
            (double Score, string[] Tags, string Headers) ham = await ClassifyAsync(server, Mail("jane.doe@example.org", "Minutes", "Here are the minutes of the meeting on Monday, please send me corrections."), from: "jane.doe@example.org");
            spam.Score.ShouldBeGreaterThan(5);
            ham.Score.ShouldBeLessThan(5);
            (await ClassifyAsync(server, Mail("jane.doe@example.org", "Test", Test))).Score.ShouldBeGreaterThan(900);
        }
    }

    [Theory]
    [InlineData("discard")]
    [InlineData("reject")]
    public async Task A_tag_may_stand_for_an_action(string action)
    {
        SandboxServer server = Server("0.11");
        await SetAsync(server, ("spam-filter.list.scores.FROM_INVALID", action));
        JsonElement answer = (await server.SendAsync("POST", "/api/spam-filter/classify", Question(s_offer))).Data;
        answer.GetProperty("disposition").ToString().ShouldBe($$"""{"action":"{{action}}"}""");
        answer.GetProperty("tags").GetProperty("FROM_INVALID").ToString().ShouldBe($$"""{"action":"{{action}}"}""");
    }

    [Fact]
    public async Task A_score_may_be_too_high_to_be_let_in()
    {
        SandboxServer server = Server("0.11");
        await SetAsync(server, ("spam-filter.list.scores.GTUBE_TEST", "1000.0"), ("spam-filter.score.reject", "20"));
        (await server.SendAsync("POST", "/api/spam-filter/classify", Question(Mail("a@example.org", Test, "text")))).Data
            .GetProperty("disposition").GetProperty("action").GetString().ShouldBe("reject");
    }

    [Fact]
    public async Task Who_may_train_may_classify_until_0_15()
    {
        foreach ((string version, int status) in new[] { ("0.11", 200), ("0.13", 200), ("0.15", 403) })
        {
            SandboxServer server = Server(version);
            await server.AddUserAsync("jane", "jane-secret");
            (await server.SendAsync("POST", "/api/spam-filter/classify", Question(s_offer), SandboxServerExtensions.CreateBasicAuthorization("jane", "jane-secret"))).Status.ShouldBe(status);
        }
    }

    [Theory]
    [InlineData("From: Jane Doe <jane@example.com>\r\nTo: a@example.org\r\n", "FROM_HAS_DN FORGED_SENDER FROM_NEQ_ENV_FROM MISSING_SUBJECT MISSING_DATE MISSING_MID FORGED_RECIPIENTS COMPLETELY_EMPTY")]
    [InlineData("Subject: EARN MONEY NOW!\r\nReceived: from a by b with ESMTPS (TLS 1.3)\r\n\r\nText", "MISSING_FROM MISSING_TO RCPT_COUNT_ZERO SUBJ_ALL_CAPS SUBJECT_ENDS_EXCLAIM RCVD_COUNT_ONE RCVD_TLS_ALL")]
    [InlineData("From: a@example.com\r\nReply-To: b@example.net\r\nTo: b <b@example.org>, c@example.org\r\nSubject: Re: yes?\r\nMessage-ID: <1@example.com>\r\nDate: Sun, 01 Nov 2026 10:00:00 +0000\r\n\r\n", "HAS_REPLYTO REPLYTO_DOM_NEQ_FROM_DOM TO_DN_SOME RCPT_COUNT_TWO FAKE_REPLY SUBJECT_ENDS_QUESTION MID_RHS_MATCH_FROM DATE_IN_PAST")]
    [InlineData("From: a@example.com\r\nContent-Type: text/html\r\n\r\n<p>hello</p>", "MISSING_MIME_VERSION MIME_HTML_ONLY SINGLE_SHORT_PART")]
    public async Task Tags_follow_from_the_message(string message, string expected)
    {
        string[] tags = (await ClassifyAsync(Server("0.11"), message)).Tags;
        foreach (string tag in expected.Split(' '))
        {
            tags.ShouldContain(tag);
        }
    }

    [Theory]
    [InlineData("192.0.2.25", "SPF_ALLOW DMARC_POLICY_ALLOW")]
    [InlineData("198.51.100.1", "SPF_FAIL DMARC_POLICY_REJECT RDNS_NONE")]
    public async Task Who_vouches_for_a_message_shows_in_its_tags(string remoteIp, string expected)
    {
        string question = Question("From: a@sender.test\r\n\r\ntext", from: "a@sender.test").Replace("192.0.2.1\"", $"{remoteIp}\"", StringComparison.Ordinal);
        string[] tags = (await Server("0.11").SendAsync("POST", "/api/spam-filter/classify", question)).Data.GetProperty("tags").EnumerateObject().Select(tag => tag.Name).ToArray();
        foreach (string tag in expected.Split(' '))
        {
            tags.ShouldContain(tag);
        }
    }

    private SandboxServer Server(string version) => new(new SandboxOptions { Empty = true, ServerVersion = version, TimeProvider = _time });

    private static string Mail(string from, string subject, string text) =>
        $"From: {from}\r\nTo: john@example.org\r\nSubject: {subject}\r\nDate: Mon, 23 Nov 2026 09:00:00 +0000\r\nMessage-ID: <1@mail.invalid>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=\"utf-8\"\r\n\r\n{text}\r\n";

    private static string Question(string message, string from = "bill@spam.test", string to = "john@example.org") =>
        JsonSerializer.Serialize(new { message, remoteIp = "192.0.2.1", ehloDomain = "mail.example.com", isTls = true, envFrom = from, envFromFlags = 0, envRcptTo = new[] { to } });

    private static async Task<(double Score, string[] Tags, string Headers)> ClassifyAsync(
        SandboxServer server, string message, string from = "bill@spam.test", string to = "john@example.org")
    {
        JsonElement data = (await server.SendAsync("POST", "/api/spam-filter/classify", Question(message, from, to))).Data;
        return (
            data.GetProperty("score").GetDouble(),
            [.. data.GetProperty("tags").EnumerateObject().Select(tag => tag.Name)],
            data.GetProperty("disposition").GetProperty("value").GetString()!);
    }

    private static async Task<bool> GetAsync(SandboxServer server, string action) => (await server.SendAsync("GET", $"/api/spam-filter/train/{action}")).Data.GetBoolean();

    /// <summary>Settings act from a reload on, which an empty server refuses while Pyzor cannot be found.</summary>
    private static async Task SetAsync(SandboxServer server, params (string Key, string Value)[] values)
    {
        string[][] pairs = values.Append(("spam-filter.pyzor.enable", "false")).Select(pair => new[] { pair.Item1, pair.Item2 }).ToArray();
        await server.SendAsync("POST", "/api/settings", JsonSerializer.Serialize(new[] { new { type = "insert", values = pairs, assert_empty = false } }));
        (await server.SendAsync("GET", "/api/reload")).Data.GetProperty("errors").EnumerateObject().ShouldBeEmpty();
    }
}
