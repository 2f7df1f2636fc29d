using System.Globalization;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using MailAdmin.Sandbox;

namespace MailAdmin.Tests.Sandbox;

/// <summary>What no recording shows of the delivery test and the DMARC test: hosts with a good certificate, policies, signatures.</summary>
public sealed class SandboxTroubleshootingTests
{
    private static readonly string[] s_greeting = ["readGreetingStart", "readGreetingSuccess", "ehloStart", "ehloSuccess"];
    private static readonly string[] s_encrypted = ["startTlsStart", "startTlsSuccess"];
    private static readonly string[] s_farewell = ["quitStart", "quitCompleted", "completed"];

    [Fact]
    public async Task Where_all_is_well_every_stage_is_reached_and_told_in_the_contracts_form()
    {
        IReadOnlyList<JsonElement> stages = await TestAsync("buyer@customers.example");
        Types(stages).ShouldBe(
        [
            "mxLookupStart", "mxLookupSuccess", "mtaStsFetchStart", "mtaStsFetchSuccess", "tlsRptLookupStart", "tlsRptLookupSuccess", "deliveryAttemptStart", "mtaStsVerifySuccess",
            "tlsaLookupStart", "tlsaLookupSuccess", "ipLookupStart", "ipLookupSuccess", "connectionStart", "connectionSuccess", .. s_greeting, .. s_encrypted, "daneVerifySuccess",
            "ehloStart", "ehloSuccess", "mailFromStart", "mailFromSuccess", "rcptToStart", "rcptToSuccess", .. s_farewell,
        ]);
        Find(stages, "mxLookupSuccess").GetProperty("mxs")[0].ToString().ShouldBe("""{"exchanges":["mx1.customers.example."],"preference":10}""");
        Find(stages, "mtaStsFetchSuccess").GetProperty("policy").ToString().ShouldBe(
            """{"id":"20261101T000000","mode":"enforce","mx":[{"equals":"mx1.customers.example"},{"startsWith":"backup.customers.example"}],"max_age":604800}""");
        Find(stages, "tlsRptLookupSuccess").GetProperty("rua").ToString().ShouldBe(
            """[{"type":"mail","email":"tls@customers.example"},{"type":"http","url":"https://reports.customers.example/tls"}]""");
        JsonElement record = Find(stages, "tlsaLookupSuccess").GetProperty("record");
        record.GetProperty("entries")[0].GetProperty("data").GetArrayLength().ShouldBe(32);
        record.GetProperty("has_end_entities").GetBoolean().ShouldBeTrue();
        record.GetProperty("has_intermediates").GetBoolean().ShouldBeFalse();
        stages.Where(stage => stage.TryGetProperty("elapsed", out _)).Sum(stage => stage.GetProperty("elapsed").GetInt64()).ShouldBeGreaterThan(100);
    }

    [Fact]
    public async Task A_domain_alone_is_tested_without_the_steps_that_need_an_address() =>
        Types(await TestAsync("twohosts.example"))[^8..].ShouldBe(["ehloSuccess", .. s_encrypted, "ehloStart", "ehloSuccess", .. s_farewell]);

    [Fact]
    public async Task The_second_host_is_tried_where_the_first_is_down()
    {
        IReadOnlyList<JsonElement> stages = await TestAsync("someone@twohosts.example");
        stages.Where(stage => stage.GetProperty("type").GetString() == "deliveryAttemptStart").Select(stage => stage.GetProperty("hostname").GetString())
            .ShouldBe(["mx1.twohosts.example", "mx2.twohosts.example"]);
        Types(stages).ShouldContain("connectionError");
        Types(stages).ShouldContain("rcptToSuccess");
        Find(stages, "mxLookupSuccess").GetProperty("mxs").GetArrayLength().ShouldBe(2);
    }

    [Theory]
    [InlineData("someone@partner.example", "rcptToError")]
    [InlineData("someone@leavers.example", "rcptToError")]
    [InlineData("nobody@example.org", "rcptToError")]
    [InlineData("someone@selfsigned.example", "startTlsError")]
    [InlineData("someone@plaintext.example", "startTlsError")]
    [InlineData("someone@oldfirm.example", "connectionError")]
    [InlineData("someone@cutsomers.example", "mxLookupError")]
    [InlineData("someone@moved.example", "mtaStsVerifyError")]
    public async Task A_test_that_fails_ends_with_the_step_that_did(string address, string last)
    {
        IReadOnlyList<JsonElement> stages = await TestAsync(address);
        // A host that got as far as an answer to the recipient is taken leave of.
        string[] farewell = last == "rcptToError" ? ["quitStart", "quitCompleted"] : [];
        Types(stages)[^(farewell.Length + 2)..].ShouldBe([last, .. farewell, "completed"]);
        stages[^(farewell.Length + 2)].GetProperty("reason").GetString().ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Mail_to_the_organisation_itself_arrives() => Types(await TestAsync("Jane.Doe@example.ORG")).ShouldContain("rcptToSuccess");

    [Theory]
    [InlineData("someone@tarpit.example?timeout=5", "readGreetingError", 5)]
    [InlineData("someone@tarpit.example", "readGreetingError", 30)]
    [InlineData("someone@campus.example", "mxLookupError", 30)]
    public async Task Who_never_answers_is_waited_for_by_the_clock(string target, string last, int seconds)
    {
        var time = new FrozenTime();
        var server = new SandboxServer(new SandboxOptions { TimeProvider = time });
        using HttpClient client = Client(server);
        await using EventStreamReader stream = await EventStreamReader.OpenAsync(client, $"/api/troubleshoot/delivery/{target.Replace("@", "%40", StringComparison.Ordinal)}");
        var stages = new List<JsonElement>();
        do
        {
            stages.Add((await stream.ReadNextAsync(server.Clock)).Data[0]);
        }
        while (stages[^1].GetProperty("type").GetString() != "completed");
        stages[^2].GetProperty("type").GetString().ShouldBe(last);
        stages[^2].GetProperty("elapsed").GetInt64().ShouldBeGreaterThanOrEqualTo(seconds * 1000);
        (await stream.ReadNextAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task Without_the_permission_there_is_no_test()
    {
        var server = new SandboxServer(new SandboxOptions { Empty = true });
        await server.AddUserAsync("jane", "secret");
        string jane = SandboxServerExtensions.CreateBasicAuthorization("jane", "secret");
        (await server.SendAsync("GET", "/api/troubleshoot/delivery/delivered.test", authorization: jane)).Status.ShouldBe(403);
        (await server.SendAsync("POST", "/api/troubleshoot/dmarc", Question("192.0.2.25", "a@sender.test"), jane)).Status.ShouldBe(403);
        (await server.SendAsync("GET", "/api/troubleshoot/delivery")).Status.ShouldBe(404);
    }

    [Theory]
    [InlineData("198.51.100.3", "a@customers.example", "pass")]
    [InlineData("203.0.113.200", "a@customers.example", "pass")]
    [InlineData("192.0.2.1", "a@customers.example", "softFail")]
    [InlineData("2001:db8:b::7", "a@bulk.example", "pass")]
    [InlineData("198.51.100.21", "a@partner.example", "pass")]
    [InlineData("198.51.100.22", "a@partner.example", "fail")]
    [InlineData("198.51.100.31", "a@leavers.example", "fail")]
    [InlineData("192.0.2.1", "a@spoofer.example", "neutral")]
    [InlineData("192.0.2.1", "a@campus.example", "tempError")]
    [InlineData("192.0.2.1", "a@nowhere.example", "none")]
    [InlineData("203.0.113.10", "jane.doe@example.org", "pass")]
    public async Task Spf_is_worked_out_from_the_domains_record(string ip, string from, string expected)
    {
        CapturedResponse answer = await new SandboxServer().SendAsync("POST", "/api/troubleshoot/dmarc", Question(ip, from));
        JsonElement result = answer.Data.GetProperty("spfMailFromResult");
        result.GetProperty("type").GetString().ShouldBe(expected, answer.Text);
        result.TryGetProperty("details", out _).ShouldBe(expected is not ("pass" or "none"));
    }

    [Theory]
    [InlineData("bounces@bulk.example", "a@customers.example", "203.0.113.200", "fail", "quarantine")]
    [InlineData("a@mail.sender.test", "a@sender.test", "192.0.2.25", "pass", "reject")]
    [InlineData("a@sender.test", "a@mail.sender.test", "192.0.2.25", "pass", "reject")]
    [InlineData("a@nowhere.example", "a@customers.example", "192.0.2.1", "none", "quarantine")]
    [InlineData("a@sender.test", "a@bulk.example", "192.0.2.25", "none", "none")]
    public async Task Dmarc_judges_whether_what_passed_belongs_to_the_author(string sender, string author, string ip, string expected, string policy)
    {
        CapturedResponse answer = await new SandboxServer().SendAsync("POST", "/api/troubleshoot/dmarc", Question(ip, sender, $"From: {author}\r\nSubject: x\r\n\r\nHello\r\n"));
        answer.Data.GetProperty("dmarcResult").GetProperty("type").GetString().ShouldBe(expected, answer.Text);
        answer.Data.GetProperty("dmarcPass").GetBoolean().ShouldBe(expected == "pass");
        answer.Data.GetProperty("dmarcPolicy").GetString().ShouldBe(policy);
    }

    [Theory]
    [InlineData("Ed25519")]
    [InlineData("Rsa")]
    public async Task A_signature_of_the_servers_own_is_verified_and_carries_dmarc(string algorithm)
    {
        var server = new SandboxServer(new SandboxOptions { Empty = true });
        await server.AddUserAsync("jane", "secret");
        await server.SendAsync("POST", "/api/settings", """[{"type":"insert","prefix":null,"values":[["spam-filter.pyzor.enable","false"]],"assert_empty":false}]""");
        await server.SendAsync("POST", "/api/dkim", $$"""{"id":null,"algorithm":"{{algorithm}}","domain":"example.org","selector":"s1"}""");
        (await server.SendAsync("GET", "/api/reload")).Status.ShouldBe(200);
        await server.SendAsync("PATCH", "/api/queue/status/stop");
        server.Deliver("jane", "jane@example.org", ["a@remote.test"], Encoding.ASCII.GetBytes("From: jane@example.org\r\nTo: a@remote.test\r\nSubject: Signed\r\nDate: Mon, 23 Nov 2026 10:00:00 +0000\r\nMessage-ID: <1@example.org>\r\n\r\nHello there\r\n")).ShouldBeNull();
        string? hash = (await server.SendAsync("GET", "/api/queue/messages?values=1")).Data.GetProperty("items")[0].GetProperty("blob_hash").GetString();
        string signed = (await server.SendAsync("GET", $"/api/store/blobs/{hash}")).Text;
        signed.ShouldStartWith("DKIM-Signature:");

        JsonElement good = (await server.SendAsync("POST", "/api/troubleshoot/dmarc", Question("192.0.2.1", "jane@example.org", signed + "\r\n"))).Data;
        good.GetProperty("dkimResults").ToString().ShouldBe("""[{"type":"pass"}]""");
        good.GetProperty("dkimPass").GetBoolean().ShouldBeTrue();
        JsonElement changed = (await server.SendAsync("POST", "/api/troubleshoot/dmarc", Question("192.0.2.1", "jane@example.org", signed.Replace("Hello there", "Send money", StringComparison.Ordinal) + "\r\n"))).Data;
        changed.GetProperty("dkimResults")[0].GetProperty("type").GetString().ShouldBe("fail");
        changed.GetProperty("dkimPass").GetBoolean().ShouldBeFalse();
        JsonElement foreign = (await server.SendAsync("POST", "/api/troubleshoot/dmarc", Question("192.0.2.1", "jane@example.org", signed.Replace("s=s1", "s=s2", StringComparison.Ordinal)))).Data;
        foreign.GetProperty("dkimResults")[0].GetProperty("type").GetString().ShouldBe("permError");
    }

    [Theory]
    [InlineData("""{"remoteIp":"not an address","ehloDomain":"x","mailFrom":"a@x"}""", 400)]
    [InlineData("""{"ehloDomain":"x","mailFrom":"a@x"}""", 400)]
    [InlineData("""{"remoteIp":"192.0.2.1","mailFrom":"a@x"}""", 400)]
    [InlineData("""[]""", 400)]
    [InlineData("", 400)]
    [InlineData("""{"remoteIp":"192.0.2.1","ehloDomain":"x","mailFrom":"","body":null}""", 200)]
    public async Task A_question_without_its_parts_is_a_400(string body, int status) =>
        (await new SandboxServer(new SandboxOptions { Empty = true }).SendAsync("POST", "/api/troubleshoot/dmarc", body)).Status.ShouldBe(status);

    [Fact]
    public async Task A_body_that_is_no_message_is_an_error_of_the_operation() =>
        (await new SandboxServer(new SandboxOptions { Empty = true }).SendAsync("POST", "/api/troubleshoot/dmarc", Question("192.0.2.1", "a@sender.test", ""))).Error.ShouldBe("other");

    [Fact]
    public async Task The_reverse_look_up_names_the_host()
    {
        JsonElement answer = (await new SandboxServer().SendAsync("POST", "/api/troubleshoot/dmarc", Question("198.51.100.11", "a@customers.example"))).Data;
        answer.GetProperty("ipRevResult").GetProperty("type").GetString().ShouldBe("pass");
        answer.GetProperty("ipRevPtr").ToString().ShouldBe("""["mx1.customers.example."]""");
    }

    private static string Question(string ip, string from, string? body = null) =>
        JsonSerializer.Serialize(new { remoteIp = ip, ehloDomain = "mx.nowhere.example", mailFrom = from, body });

    private static async Task<IReadOnlyList<JsonElement>> TestAsync(string target)
    {
        var server = new SandboxServer();
        using HttpClient client = Client(server);
        await using EventStreamReader stream = await EventStreamReader.OpenAsync(client, string.Create(CultureInfo.InvariantCulture, $"/api/troubleshoot/delivery/{Uri.EscapeDataString(target)}"));
        IReadOnlyList<SseItem<JsonElement>> events = await stream.ReadToEndAsync();
        events.ShouldAllBe(item => item.EventType == "event" && item.Data.GetArrayLength() == 1);
        return [.. events.Select(item => item.Data[0])];
    }

    private static HttpClient Client(SandboxServer server)
    {
        var client = new HttpClient(server.CreateHandler()) { BaseAddress = new Uri("http://mx.example.org") };
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", SandboxServerExtensions.AdminAuthorization);
        return client;
    }

    private static string[] Types(IReadOnlyList<JsonElement> stages) => [.. stages.Select(stage => stage.GetProperty("type").GetString()!)];

    private static JsonElement Find(IReadOnlyList<JsonElement> stages, string type) => stages.Single(stage => stage.GetProperty("type").GetString() == type);
}
