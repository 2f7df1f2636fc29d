using System.Net;
using System.Text;
using System.Text.Json;
using MailAdmin.Client;
using MailAdmin.PowerShell.Module;
using MailAdmin.Sandbox;

namespace MailAdmin.Tests.Hosting;

/// <summary>Short ways of talking to a sandbox.</summary>
internal static class SandboxServerExtensions
{
    public const string AdminAuthorization = "Basic YWRtaW46c2FuZGJveC1hZG1pbi1zZWNyZXQ=";

    public static string CreateBasicAuthorization(string login, string secret) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{login}:{secret}"));

    public static async Task<CapturedResponse> SendAsync(
        this SandboxServer server, string method, string target, string? body = null, string? authorization = AdminAuthorization, IPAddress? from = null, string? contentType = null)
    {
        SandboxResponse response = await server.HandleAsync(
            new SandboxRequest
            {
                Method = method,
                Target = target,
                Authorization = authorization,
                ContentType = contentType,
                Body = Encoding.UTF8.GetBytes(body ?? ""),
                RemoteAddress = from,
            });
        using var buffer = new MemoryStream();
        if (!response.IsReset)
        {
            await response.WriteToAsync(buffer, CancellationToken.None);
        }

        return new CapturedResponse(response, Encoding.UTF8.GetString(buffer.ToArray()));
    }

    /// <summary>Connects to the server, as its administrator where nobody else is named.</summary>
    public static Task<MailClient> ConnectAsync(this SandboxServer server, Client.MailCredential? credential = null) => MailClient.ConnectAsync(
        new MailClientOptions
        {
            BaseUri = new Uri("http://localhost:8080"),
            RetryHandlerBuilder = IsolatedHttp.CreateRetryHandler,
            Transport = server.CreateHandler,
        },
        credential ?? Client.MailCredential.FromPassword("admin", "sandbox-admin-secret"),
        TestContext.Current.CancellationToken);

    /// <summary>Creates a domain example.org and a user with a password.</summary>
    public static async Task AddUserAsync(this SandboxServer server, string name, string secret, params string[] roles)
    {
        await server.SendAsync("POST", "/api/principal", """{"type":"domain","name":"example.org"}""");
        var body = new { type = "individual", name, secrets = new[] { secret }, roles = roles.Length == 0 ? ["user"] : roles, emails = new[] { $"{name}@example.org" } };
        CapturedResponse answer = await server.SendAsync("POST", "/api/principal", JsonSerializer.Serialize(body));
        answer.Json.TryGetProperty("data", out _).ShouldBeTrue(answer.Text);
    }

    /// <summary>Signs in and fetches tokens.</summary>
    public static async Task<(string Access, string Refresh)> SignInAsync(this SandboxServer server, string authorization = AdminAuthorization)
    {
        string? code = (await server.SendAsync("POST", "/api/oauth", """{"type":"code","client_id":"test"}""", authorization)).Data.GetProperty("code").GetString();
        CapturedResponse answer = await server.GrantAsync($"grant_type=authorization_code&client_id=test&redirect_uri=&code={code}");
        return (answer.Json.GetProperty("access_token").GetString()!, answer.Json.GetProperty("refresh_token").GetString()!);
    }

    public static Task<CapturedResponse> GrantAsync(this SandboxServer server, string form) =>
        server.SendAsync("POST", "/auth/token", form, authorization: null, contentType: "application/x-www-form-urlencoded");

    public static Task<CapturedResponse> RefreshAsync(this SandboxServer server, string refreshToken) =>
        server.GrantAsync($"grant_type=refresh_token&refresh_token={Uri.EscapeDataString(refreshToken)}");
}
