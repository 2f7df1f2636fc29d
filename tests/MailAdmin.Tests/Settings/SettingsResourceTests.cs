// Settings, DKIM, DNS and maintenance as bytes on the wire: what is sent, how it is encoded, what is never sent.
using System.Net;
using MailAdmin.Client;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Settings;

public sealed class SettingsResourceTests
{
    private static readonly CancellationToken s_cancellationToken = TestContext.Current.CancellationToken;
    private readonly FakeServer _server = new();

    [Fact]
    public async Task Keys_prefixes_and_filters_are_encoded()
    {
        _server.OnRequest = request => TestResponses.Data(request.Target.Contains("/keys", StringComparison.Ordinal) ? "{}" : """{"total":0,"items":[]}""");
        using MailClient client = await _server.ConnectAsync();
        await client.Settings.GetAsync(["a.b&c=d", "lookup.x.jürgen+y@z"], s_cancellationToken);
        await client.Settings.ListGroupsAsync("server.listener.", "protocol", "bind", "a b", 5, s_cancellationToken);
        _server.RequestLines.ShouldBe([
            "GET /api/settings/keys?keys=a.b%26c%3Dd%2Clookup.x.j%C3%BCrgen%2By%40z",
            "GET /api/settings/group?prefix=server.listener.&suffix=protocol&field=bind&filter=a%20b&limit=5"]);
    }

    [Fact]
    public async Task Many_keys_are_asked_for_in_addresses_that_pass_any_proxy()
    {
        _server.OnRequest = _ => TestResponses.Data("{}");
        using MailClient client = await _server.ConnectAsync();
        await client.Settings.GetAsync(Enumerable.Range(0, 1000).Select(i => $"lookup.numbers.{i}"), s_cancellationToken);
        _server.Requests.Count.ShouldBeGreaterThan(1);
        _server.Requests.ShouldAllBe(r => r.Target.Length < 4200);
        _server.Requests.SelectMany(r => Uri.UnescapeDataString(r.Target[(r.Target.IndexOf('=', StringComparison.Ordinal) + 1)..]).Split(',')).Count().ShouldBe(1000);
    }

    [Fact]
    public async Task A_key_with_a_comma_is_found_among_its_neighbours()
    {
        _server.OnRequest = _ => TestResponses.Data("""{"total":2,"items":{"a,b":"1","a":"2"}}""");
        using MailClient client = await _server.ConnectAsync();
        (await client.Settings.GetAsync(["lookup.x.a,b"], s_cancellationToken)).Select(s => (s.Key, s.Value)).ShouldBe([("lookup.x.a,b", "1")]);
        _server.RequestLines.ShouldBe(["GET /api/settings/list?prefix=lookup.x."]);
    }

    [Fact]
    public async Task Changes_have_the_form_that_the_server_parses()
    {
        using MailClient client = await _server.ConnectAsync();
        await client.Settings.InsertAsync([new("a.b", "1"), new("c", "")], mustBeNew: false, s_cancellationToken);
        await client.Settings.InsertAsync([new("a.b", "1"), new("c", "2")], mustBeNew: true, s_cancellationToken);
        await client.Settings.DeleteAsync(["a.b", "c"], s_cancellationToken);
        await client.Settings.ClearAsync("lookup.set", raw: false, s_cancellationToken);
        await client.Settings.ClearAsync("lookup.set.", raw: false, s_cancellationToken);
        await client.Settings.ClearAsync("lookup.set", raw: true, s_cancellationToken);
        await client.Settings.InsertAsync([], mustBeNew: false, s_cancellationToken);
        await client.Settings.DeleteAsync([], s_cancellationToken);
        _server.Requests.Select(r => r.Body).ShouldBe([
            """[{"type":"insert","prefix":null,"values":[["a.b","1"],["c",""]],"assert_empty":false}]""",
            """[{"type":"insert","prefix":null,"values":[["a.b","1"]],"assert_empty":true},{"type":"insert","prefix":null,"values":[["c","2"]],"assert_empty":true}]""",
            """[{"type":"delete","keys":["a.b","c"]}]""",
            """[{"type":"clear","prefix":"lookup.set."}]""",
            """[{"type":"clear","prefix":"lookup.set."}]""",
            """[{"type":"clear","prefix":"lookup.set"}]"""]);
        _server.RequestLines.ShouldAllBe(line => line == "POST /api/settings");
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(".")]
    [InlineData(" .. ")]
    [InlineData("\t")]
    [InlineData(".a")]
    [InlineData("a*")]
    public async Task A_prefix_that_means_everything_is_never_sent(string prefix)
    {
        using MailClient client = await _server.ConnectAsync();
        await Should.ThrowAsync<ArgumentException>(() => client.Settings.ClearAsync(prefix, raw: true, s_cancellationToken));
        await Should.ThrowAsync<ArgumentException>(() => client.Settings.ClearAsync(prefix, raw: false, s_cancellationToken));
        await Should.ThrowAsync<ArgumentException>(async () => await client.Settings.ListAsync(prefix, null, s_cancellationToken));
        await Should.ThrowAsync<ArgumentException>(async () => await client.Settings.ListGroupsAsync(prefix, "x", null, null, null, s_cancellationToken));
        await Should.ThrowAsync<ArgumentException>(() => client.Settings.ClearAsync(null!, raw: true, s_cancellationToken));
        _server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task New_settings_whose_answer_was_lost_are_not_sent_again_and_others_are()
    {
        _server.OnRequest = _ => _server.Requests.Count % 2 == 1 ? TestResponses.ConnectionLost() : TestResponses.Data("null");
        using MailClient client = await _server.ConnectAsync();
        await client.Settings.InsertAsync([new("a", "1")], mustBeNew: false, s_cancellationToken);
        _server.Requests.Count.ShouldBe(2);
        MailServerException unknown = await Should.ThrowAsync<MailServerException>(() => client.Settings.InsertAsync([new("a", "1")], mustBeNew: true, s_cancellationToken));
        unknown.Code.ShouldBe(MailErrorCode.OutcomeUnknown);
        _server.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task What_the_server_quotes_of_a_secret_is_taken_out()
    {
        _server.OnRequest = _ => TestResponses.Json(HttpStatusCode.OK, """{"error":"other","details":"bad","reason":"cannot take \"hush-hush\""}""");
        using MailClient client = await _server.ConnectAsync();
        MailServerException e = await Should.ThrowAsync<MailServerException>(() => client.Settings.InsertAsync([new("store.x.password", "hush-hush")], mustBeNew: false, s_cancellationToken));
        $"{e}{e.Reason}{e.Details}{e.Value}".ShouldNotContain("hush-hush");
    }

    [Theory]
    [InlineData("authentication.fallback-admin.secret", "x", true)]
    [InlineData("signature.rsa-example.org.private-key", "x", true)]
    [InlineData("certificate.default.private-key", "x", true)]
    [InlineData("store.pg.password", "x", true)]
    [InlineData("store.s3.access-key", "x", true)]
    [InlineData("acme.le.eab.hmac-key", "x", true)]
    [InlineData("oauth.key", "x", true)]
    [InlineData("ai.gpt.auth.token", "x", true)]
    [InlineData("directory.ldap.bind.secret.0000", "x", true)]
    [InlineData("tracer.otel.headers.0000", "Authorization: Bearer x", true)]
    [InlineData("store.redis.urls.0000", "redis://user:pass@host/0", true)]
    [InlineData("some.thing", "-----BEGIN PRIVATE KEY-----\nx", true)]
    [InlineData("oauth.expiry.token", "1h", false)]
    [InlineData("queue.limiter.inbound.ip.key.0000", "remote_ip", false)]
    [InlineData("signature.x.public-key", "x", false)]
    [InlineData("server.hostname", "mx.example.org", false)]
    [InlineData("store.redis.urls.0000", "redis://host/0", false)]
    public void Secrets_are_known_by_their_keys_and_values(string key, string value, bool isSecret)
    {
        var setting = new MailSetting(key, value);
        setting.IsSecret.ShouldBe(isSecret);
        SecretSettings.Hide(setting).Value.ShouldBe(isSecret ? null : value);
        setting.ToString().ShouldBe(key);
    }

    [Fact]
    public async Task A_signature_names_its_id_and_selector()
    {
        using MailClient client = await _server.ConnectAsync();
        await client.Dkim.CreateAsync(NewDkimSignature.Create("Example.ORG.", DkimAlgorithm.Ed25519, null, null, new DateTimeOffset(2026, 1, 31, 23, 30, 0, TimeSpan.FromHours(-2))), s_cancellationToken);
        RecordedRequest sent = _server.Requests.Single();
        sent.RequestLine.ShouldBe("POST /api/dkim");
        sent.Body.ShouldBe("""{"id":"ed25519-example.org","algorithm":"Ed25519","domain":"example.org","selector":"202602e"}""");
    }

    [Fact]
    public async Task Ids_and_domains_are_encoded_in_paths()
    {
        _server.OnRequest = request => TestResponses.Data(request.Target.Contains("/dns/", StringComparison.Ordinal) ? "[]" : "\"a2V5\"");
        using MailClient client = await _server.ConnectAsync();
        (await client.Dkim.GetPublicKeyAsync("a+b=c/d", s_cancellationToken)).ShouldBe("a2V5");
        await client.Dns.GetRecordsAsync("BÜCHER.example.", s_cancellationToken);
        _server.RequestLines.ShouldBe(["GET /api/dkim/a%2Bb%3Dc%2Fd", "GET /api/dns/records/b%C3%BCcher.example"]);
    }

    [Fact]
    public async Task What_changes_the_server_is_sent_once_and_what_reads_it_again()
    {
        _server.OnRequest = _ => TestResponses.ConnectionLost();
        using MailClient client = await _server.ConnectAsync(change: options => options with { MaximumRetryCount = 2 });
        foreach (Func<Task> once in new Func<Task>[]
        {
            () => client.Maintenance.ReloadAsync(ReloadScope.All, s_cancellationToken),
            () => client.Maintenance.UpdateSpamFilterAsync(false, false, s_cancellationToken),
            () => client.Maintenance.UpdateWebAdminAsync(s_cancellationToken),
            () => client.Maintenance.ReindexAsync("jane", null, s_cancellationToken),
            () => client.Dkim.CreateAsync(NewDkimSignature.Create("example.org", DkimAlgorithm.Rsa, null, null, DateTimeOffset.UnixEpoch), s_cancellationToken),
        })
        {
            int before = _server.Requests.Count;
            (await Should.ThrowAsync<MailServerException>(once)).Code.ShouldBe(MailErrorCode.OutcomeUnknown);
            // Whether a signature is there is looked up.
            _server.RequestLines.Skip(before).Count(line => !line.Contains("/settings/keys", StringComparison.Ordinal)).ShouldBe(1);
        }
        int reads = _server.Requests.Count;
        await Should.ThrowAsync<MailServerException>(() => client.Maintenance.TestAsync(s_cancellationToken));
        (_server.Requests.Count - reads).ShouldBe(3);
    }

    [Fact]
    public async Task A_key_that_may_not_ask_for_the_version_reindexes_in_either_form()
    {
        _server.Intercept = request => request.Uri.AbsolutePath == "/api/oauth" ? TestResponses.Problem(403, "Forbidden") : null;
        using MailClient client = await _server.ConnectAsync(MailCredential.FromApiKey("api_eDp5"));
        client.Server.ShouldBeNull();
        int before = _server.Requests.Count;
        await client.Maintenance.ReindexAsync("jane", null, s_cancellationToken);
        _server.OnRequest = request => request.Target.EndsWith("/reindex/jane", StringComparison.Ordinal) ? TestResponses.Problem(400, "Invalid parameters") : TestResponses.Data("null");
        await client.Maintenance.ReindexAsync("jane", null, s_cancellationToken);
        _server.RequestLines.Skip(before).ShouldBe(["GET /api/store/reindex/jane", "GET /api/store/reindex/jane", "GET /api/store/reindex/email/jane"]);
        (await Should.ThrowAsync<MailServerException>(() => client.Maintenance.ReindexAsync("file", null, s_cancellationToken))).Code.ShouldBe(MailErrorCode.RejectedByClient);
    }
}
