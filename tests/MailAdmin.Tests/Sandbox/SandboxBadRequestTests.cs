using System.Text;
using MailAdmin.Sandbox;

namespace MailAdmin.Tests.Sandbox;

/// <summary>Whatever is sent is answered: no body makes the sandbox throw.</summary>
public sealed class SandboxBadRequestTests
{
    private static readonly string[] s_bodies =
    [
        "", " ", "null", "true", "1", "\"text\"", "[]", "[null]", "[[]]", "[1]", "{}", "{", "nul", "{\"type\":1}", "{\"type\":null}", "{\"name\":{}}",
        "[{\"action\":1,\"field\":2,\"value\":3}]", "[{\"action\":\"set\",\"field\":\"name\",\"value\":{}}]", "{\"type\":\"\\ud800\"}",
        "[{\"type\":\"insert\",\"values\":[[1]],\"assert_empty\":true}]", "[{\"type\":\"delete\",\"keys\":1}]", "{\"emails\":[[]]}",
        "{\"type\":\"pGP\",\"algo\":1}", "{\"type\":\"sMIME\",\"algo\":\"Aes128\",\"certs\":\"-----BEGIN CERTIFICATE-----\\nAA\\n-----END CERTIFICATE-----\"}",
        "{\"redirect_uris\":1}", "[{\"type\":\"addAppPassword\"}]", new string('[', 100_000), "{\"quota\":1e400}", "{\"quota\":-1}", "{\"name\":\"a\",\"quota\":[1,\"a\"]}",
    ];

    public static TheoryData<string, string> Calls => new()
    {
        { "POST", "/api/principal" }, { "PATCH", "/api/principal/jane" }, { "POST", "/api/oauth" }, { "POST", "/api/account/auth" },
        { "POST", "/api/account/crypto" }, { "POST", "/api/dkim" }, { "POST", "/api/settings" }, { "POST", "/auth/register" }, { "POST", "/auth/token" },
        { "POST", "/auth/device" }, { "POST", "/auth/introspect" }, { "DELETE", "/api/principal?type=&confirm=%%%" }, { "POST", "/api/store/undelete/jane" },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_senseless_body_is_an_error_of_the_protocol(string method, string target)
    {
        var server = new SandboxServer(new SandboxOptions { Empty = true, Enterprise = true });
        await server.AddUserAsync("jane", "secret");
        foreach (byte[] body in s_bodies.Select(Encoding.UTF8.GetBytes).Append([0xff, 0xfe, 0x22]).Append([0x22, 0xc3, 0x28, 0x22]))
        {
            SandboxResponse response = await server.HandleAsync(new SandboxRequest
            {
                Method = method,
                Target = target,
                Authorization = SandboxServerExtensions.AdminAuthorization,
                ContentType = "application/x-www-form-urlencoded",
                Body = body,
            });
            response.Status.ShouldBeOneOf(200, 400, 401);
        }
    }

    [Theory]
    [InlineData("GET", "/")]
    [InlineData("GET", "")]
    [InlineData("GET", "/api")]
    [InlineData("GET", "/api//")]
    [InlineData("GET", "/api/principal/%")]
    [InlineData("GET", "/api/principal/%ff%fe")]
    [InlineData("GET", "/api/principal/&=&")]
    [InlineData("GET", "/api/principal?limit=18446744073709551615&page=18446744073709551615")]
    [InlineData("GET", "/api/settings/list?limit=2&page=4294967295")]
    [InlineData("GET", "/api/settings/group?prefix=&suffix=.")]
    [InlineData("GET", "/api/dns/records")]
    [InlineData("GET", "/api/dns/records/")]
    [InlineData("GET", "/api/store/purge")]
    [InlineData("GET", "/api/store/blobs/%00")]
    [InlineData("DELETE", "/api/settings/")]
    [InlineData("TRACE", "/api/account/auth")]
    [InlineData("GET", "/auth/token")]
    public async Task An_odd_address_is_answered(string method, string target)
    {
        var server = new SandboxServer(new SandboxOptions { Empty = true });
        (await server.SendAsync(method, target)).Status.ShouldBeOneOf(200, 400, 404);
    }

    [Theory]
    [InlineData("Basic")]
    [InlineData("Basic ")]
    [InlineData("Basic !!!")]
    [InlineData("Basic YWRtaW4=")]
    [InlineData("Basic /////w==")]
    [InlineData("Bearer ")]
    [InlineData("Bearer AAAA")]
    [InlineData("Bearer api_")]
    [InlineData("Bearer AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Broken_credentials_are_401(string authorization)
    {
        var server = new SandboxServer(new SandboxOptions { Empty = true });
        (await server.SendAsync("GET", "/api/principal", authorization: authorization)).Status.ShouldBe(401);
    }
}
