using System.Text;
using System.Text.Json;
using MailAdmin.Sandbox;
using MailAdmin.Sandbox.Api;
using MailAdmin.Sandbox.Http;
using MailAdmin.Sandbox.Routing;
using MailAdmin.Tests.Conventions;
using MailAdmin.Tests.Hosting;
using MailAdmin.Tests.Recordings;
using ClientOperation = MailAdmin.Client.Operation;
using ClientOperations = MailAdmin.Client.Operations;

namespace MailAdmin.Tests.Bodies;

/// <summary>The table of types, the recordings and the sandbox say the same of what a body may be.</summary>
public sealed class SandboxBodyTests
{
    private static readonly string[] s_versions = ["0.11.8", "0.13.4", "0.15.5"];

    public static TheoryData<string, string> Bodies
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (string version in s_versions)
            {
                foreach (ClientOperation operation in ServerTypes.GetJson(version).Keys)
                {
                    data.Add(version, operation.ToString());
                }
            }
            return data;
        }
    }

    [Fact]
    public void Every_operation_that_may_have_a_body_is_in_the_table()
    {
        ClientOperation[] writing = [.. ClientOperations.All.Except(CmdletMap.OfNewerServers).Where(operation => operation.Method != HttpMethod.Get && operation.Method != HttpMethod.Delete)];
        foreach (string version in s_versions)
        {
            ServerTypes.GetJson(version).Keys.Concat(ServerTypes.Mail).Concat(ServerTypes.Forms.Keys).Concat(ServerTypes.WithoutBody).ShouldBe(writing, ignoreOrder: true);
        }
        WholeBodies.All.Keys.ShouldBe(ServerTypes.GetJson(s_versions[0]).Keys, ignoreOrder: true);
    }

    [Theory]
    [InlineData("0.11.8")]
    [InlineData("0.13.4")]
    [InlineData("0.15.5")]
    public void The_sandbox_reads_the_bodies_of_the_same_operations(string version) =>
        ServerDialect.FromVersion(version).RequestTypes.Known.Select(operation => operation.ToString())
            .ShouldBe(ServerTypes.GetJson(version).Keys.Select(operation => operation.ToString()), ignoreOrder: true);

    [Theory]
    [InlineData("0.11.8", 220)]
    [InlineData("0.13.4", 220)]
    [InlineData("0.15.5", 220)]
    public void The_table_says_what_a_real_server_said(string version, int fewest)
    {
        IReadOnlyDictionary<ClientOperation, WireType> types = ServerTypes.GetJson(version);
        int held = 0;
        foreach (RecordedExchange exchange in RecordedExchange.ReadFile(ProjectRoot.File("tests", "Recordings", $"stalwart-{version}.jsonl")))
        {
            // An empty list of changes to the account is of the right type, and refused all the same.
            if (exchange.Operation is not { } operation || !types.TryGetValue(operation, out WireType? type) || exchange.Status is not (200 or 400) || exchange is { Id: "225" })
            {
                continue;
            }
            // Before a body is read it is asked whether there is a licence.
            if (operation != ClientOperations.RestoreDeletedItems)
            {
                Fits(type, exchange.RequestBody).ShouldBe(exchange.Status == 200, $"{exchange.Id}: {exchange.RequestBody}");
                held++;
            }
        }
        held.ShouldBeGreaterThanOrEqualTo(fewest);
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public void The_sandbox_refuses_exactly_what_the_table_refuses(string version, string name)
    {
        (ClientOperation operation, WireType type) = ServerTypes.GetJson(version).Single(pair => pair.Key.ToString() == name);
        var dialect = ServerDialect.FromVersion(version);
        Operation known = RouteTable.Find(operation.Method.Method, operation.Path).ShouldNotBeNull();
        var wrong = new List<string>();
        int taken = 0;
        int refused = 0;
        foreach (string body in WholeBodies.All[operation].SelectMany(BodyMutation.GetAll).Concat(["", "{", "nul", "[1,2"]).Distinct())
        {
            bool fits = Fits(type, body);
            bool isTaken = Takes(dialect, known, body);
            (taken, refused) = (taken + (fits ? 1 : 0), refused + (fits ? 0 : 1));
            if (fits != isTaken)
            {
                wrong.Add($"{(fits ? "refused" : "taken")}: {body}");
            }
        }
        wrong.ShouldBeEmpty();
        taken.ShouldBeGreaterThan(1);
        refused.ShouldBeGreaterThan(20);
    }

    [Theory]
    [InlineData("POST", "/api/spam-filter/classify", """{"message":"From: a@b.test\r\n\r\n","remoteIp":"192.0.2.1","ehloDomain":null,"envFrom":"a@b.test","envFromFlags":0,"envRcptTo":[]}""")]
    [InlineData("POST", "/api/spam-filter/classify", """{"message":"From: a@b.test\r\n\r\n","remoteIp":"192.0.2.1","envFrom":"a@b.test","envFromFlags":"0","envRcptTo":[]}""")]
    [InlineData("POST", "/api/troubleshoot/dmarc", """{"remoteIp":"192.0.2.1","ehloDomain":null,"mailFrom":"a@b.test"}""")]
    [InlineData("POST", "/api/principal", """{"name":null}""")]
    [InlineData("PATCH", "/api/principal/jane", """[{"action":"SET","field":"description","value":"x"}]""")]
    [InlineData("PATCH", "/api/principal/jane", """{"action":"set","field":"description","value":"x"}""")]
    [InlineData("POST", "/api/account/auth", """[{"type":"setPassword","password":null}]""")]
    [InlineData("POST", "/api/settings", """[{"type":"insert","prefix":null,"values":[["a","1"]],"assert_empty":"false"}]""")]
    [InlineData("POST", "/api/oauth", """{"type":"Code","client_id":"test"}""")]
    [InlineData("POST", "/api/store/undelete/jane", """[{"hash":"AAAA","collection":"Email","restoreTime":"2026-01-01T00:00:00Z"}]""")]
    [InlineData("POST", "/auth/register", """{"redirect_uris":"stalwart://auth"}""")]
    public async Task What_does_not_fit_is_answered_as_a_real_server_answers(string method, string target, string body)
    {
        SandboxServer server = await CreateServerAsync();
        CapturedResponse response = await server.SendAsync(method, target, body);
        response.Status.ShouldBe(400);
        response.Response.ContentType.ShouldBe("application/problem+json");
        response.Text.ShouldBe("""{"type":"about:blank","status":400,"title":"Invalid parameters","detail":"JSON deserialization failed"}""");
    }

    [Theory]
    [InlineData("/api/dkim", """{"algorithm":"Rsa"}""", "domain")]
    [InlineData("/api/dkim", """{"algorithm":"rsa","domain":"example.org"}""", "rsa")]
    [InlineData("/api/account/crypto", """{"type":"pgp","algo":"Aes256","certs":""}""", "pgp")]
    public async Task Two_operations_say_what_does_not_fit(string target, string body, string named)
    {
        SandboxServer server = await CreateServerAsync();
        CapturedResponse response = await server.SendAsync("POST", target, body);
        response.Status.ShouldBe(400);
        response.Json.GetProperty("detail").GetString().ShouldNotBeNull().ShouldContain($"`{named}`");
    }

    [Fact]
    public async Task The_log_says_what_did_not_fit()
    {
        SandboxServer server = await CreateServerAsync();
        await server.SendAsync("POST", "/api/troubleshoot/dmarc", """{"remoteIp":"192.0.2.1","ehloDomain":"b.test"}""");
        string log = (await server.SendAsync("GET", "/api/logs?filter=bad-parameters")).Text;
        log.ShouldContain("missing field `mailFrom`");
        log.ShouldContain("details = JSON deserialization failed");
    }

    private static async Task<SandboxServer> CreateServerAsync()
    {
        var server = new SandboxServer(new SandboxOptions { Empty = true, Enterprise = true });
        await server.AddUserAsync("jane", "secret");
        return server;
    }

    private static bool Fits(WireType type, string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return type.Fits(document.RootElement);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool Takes(ServerDialect dialect, Operation operation, string body)
    {
        try
        {
            using JsonDocument document = dialect.RequestTypes.Parse(operation, Encoding.UTF8.GetBytes(body));
            return true;
        }
        catch (ApiException refusal)
        {
            refusal.Response.Status.ShouldBe(400);
            return false;
        }
    }
}
