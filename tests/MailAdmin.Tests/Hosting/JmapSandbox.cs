using System.Net;
using System.Text.Json;
using MailAdmin.Sandbox;

namespace MailAdmin.Tests.Hosting;

/// <summary>A sandbox of 0.16 with short ways of talking to it.</summary>
internal sealed class JmapSandbox
{
    /// <summary>Strong enough for the server.</summary>
    public const string Password = "jane walks a made-up road";

    public JmapSandbox(TimeProvider? time = null) =>
        Server = new SandboxServer(new SandboxOptions { Empty = true, ServerVersion = "0.16", TimeProvider = time, TreatCallersAsLoopback = false });

    /// <summary>An address that is no loopback.</summary>
    public static IPAddress Outside { get; } = IPAddress.Parse("192.0.2.54");

    public static string Jane { get; } = Login("jane@example.org", Password);

    public SandboxServer Server { get; }

    public static string Login(string name, string secret) => SandboxServerExtensions.CreateBasicAuthorization(name, secret);

    /// <summary>Calls one method and gives the arguments of its answer.</summary>
    public async Task<JsonElement> CallAsync(string method, string arguments, string authorization = SandboxServerExtensions.AdminAuthorization)
    {
        CapturedResponse answer = await Server.SendAsync(
            "POST", "/jmap", $$"""{"using":["urn:ietf:params:jmap:core","urn:stalwart:jmap"],"methodCalls":[["{{method}}",{{arguments}},"0"]]}""", authorization, contentType: "application/json");
        answer.Status.ShouldBe(200, answer.Text);
        JsonElement response = answer.Json.GetProperty("methodResponses")[0];
        response[0].GetString().ShouldBe(method, answer.Text);
        return response[1];
    }

    /// <summary>Makes an account and gives its id.</summary>
    public async Task<string> AddAccountAsync(string name)
    {
        JsonElement domains = await CallAsync("x:Domain/query", """{"filter":{"name":"example.org"}}""");
        JsonElement made = await CallAsync("x:Account/set", $$"""
            {"create":{"n":{"@type":"User","name":"{{name}}","domainId":"{{domains.GetProperty("ids")[0]}}","credentials":{"0":{"@type":"Password","secret":"{{Password}}"} } } } }
            """);
        made.TryGetProperty("created", out JsonElement created).ShouldBeTrue(made.ToString());
        return created.GetProperty("n").GetProperty("id").GetString()!;
    }

    public Task<CapturedResponse> GetUserInfoAsync(string authorization, IPAddress? from = null) =>
        Server.SendAsync("GET", "/auth/userinfo", authorization: authorization, from: from);

    /// <summary>Signs in by name and password, and exchanges the code.</summary>
    public async Task<(string Access, string Refresh)> SignInAsync(string name = "jane@example.org", string secret = Password)
    {
        CapturedResponse code = await AuthorizeAsync($$"""{"type":"authCode","accountName":"{{name}}","accountSecret":"{{secret}}","clientId":"test","redirectUri":"test://cb"}""");
        CapturedResponse tokens = await Server.GrantAsync($"grant_type=authorization_code&client_id=test&redirect_uri=test%3A%2F%2Fcb&code={code.Json.GetProperty("client_code")}");
        return (tokens.Json.GetProperty("access_token").GetString()!, tokens.Json.GetProperty("refresh_token").GetString()!);
    }

    public Task<CapturedResponse> AuthorizeAsync(string body) => Server.SendAsync("POST", "/api/auth", body, authorization: null, contentType: "application/json");
}
