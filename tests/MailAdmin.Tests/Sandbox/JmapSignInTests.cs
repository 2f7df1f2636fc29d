using System.Text.Json;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Sandbox;

/// <summary>Signing in to a sandbox of 0.16, beyond what the recording shows.</summary>
public sealed class JmapSignInTests
{
    private const string OtpUrl = "otpauth://totp/x?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

    private readonly FrozenTime _time = new();
    private readonly JmapSandbox _sandbox;

    public JmapSignInTests() => _sandbox = new JmapSandbox(_time);

    [Fact]
    public async Task An_access_token_lives_an_hour_and_a_refresh_token_thirty_days()
    {
        await _sandbox.AddAccountAsync("jane");
        (string access, string refresh) = await _sandbox.SignInAsync();
        (string used, _) = await _sandbox.SignInAsync();
        _sandbox.Server.Clock.Advance(TimeSpan.FromMinutes(59));
        (await _sandbox.GetUserInfoAsync($"Bearer {used}")).Status.ShouldBe(200);
        _sandbox.Server.Clock.Advance(TimeSpan.FromMinutes(1));
        (await _sandbox.GetUserInfoAsync($"Bearer {access}")).Status.ShouldBe(401);
        (await _sandbox.GetUserInfoAsync($"Bearer {used}")).Status.ShouldBe(200, "what was right is not looked at again for an hour");
        _sandbox.Server.Clock.Advance(TimeSpan.FromMinutes(59));
        (await _sandbox.GetUserInfoAsync($"Bearer {used}")).Status.ShouldBe(401);

        JsonElement renewed = (await _sandbox.Server.RefreshAsync(refresh)).Json;
        renewed.TryGetProperty("refresh_token", out _).ShouldBeFalse();
        (await _sandbox.GetUserInfoAsync($"Bearer {renewed.GetProperty("access_token")}")).Status.ShouldBe(200);

        _sandbox.Server.Clock.Advance(TimeSpan.FromDays(26));
        (await _sandbox.Server.RefreshAsync(refresh)).Json.TryGetProperty("refresh_token", out _).ShouldBeTrue("it is near its end");
        _sandbox.Server.Clock.Advance(TimeSpan.FromDays(4));
        (await _sandbox.Server.RefreshAsync(refresh)).Error.ShouldBe("invalid_grant");
    }

    [Fact]
    public async Task A_deleted_account_cannot_sign_in_by_anything()
    {
        string id = await _sandbox.AddAccountAsync("jane");
        (string access, string refresh) = await _sandbox.SignInAsync();
        (await _sandbox.GetUserInfoAsync(JmapSandbox.Jane)).Status.ShouldBe(200);
        await _sandbox.CallAsync("x:Account/set", $$"""{"destroy":["{{id}}"]}""");
        (await _sandbox.GetUserInfoAsync(JmapSandbox.Jane)).Status.ShouldBe(401);
        (await _sandbox.GetUserInfoAsync($"Bearer {access}")).Status.ShouldBe(401);
        (await _sandbox.Server.RefreshAsync(refresh)).Error.ShouldBe("invalid_grant");
    }

    [Fact]
    public async Task The_limits_of_a_password_hold_for_its_tokens()
    {
        string id = await _sandbox.AddAccountAsync("jane");
        (string access, _) = await _sandbox.SignInAsync();
        await _sandbox.CallAsync("x:Account/set", $$$"""{"update":{"{{{id}}}":{"credentials/0/allowedIps":{"127.0.0.0/8":true} } } }""");
        (await _sandbox.GetUserInfoAsync($"Bearer {access}")).Status.ShouldBe(200);
        (await _sandbox.GetUserInfoAsync($"Bearer {access}", JmapSandbox.Outside)).Status.ShouldBe(403);
        await _sandbox.CallAsync("x:Account/set", $$"""{"update":{"{{id}}":{"credentials/0/expiresAt":"2020-01-01T00:00:00Z"} } }""");
        JsonElement account = (await _sandbox.Server.SendAsync("GET", "/api/account", authorization: $"Bearer {access}")).Json;
        account.GetProperty("permissions").EnumerateArray().Select(permission => permission.GetString())
            .ShouldBe(["authenticate", "authenticateWithAlias", "emailReceive", "sysAccountPasswordGet", "sysAccountPasswordUpdate"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_wrong_code_is_no_way_in_even_with_the_right_password()
    {
        string id = await _sandbox.AddAccountAsync("jane");
        await _sandbox.CallAsync("x:Account/set", $$"""{"update":{"{{id}}":{"credentials/0/otpAuth":"{{OtpUrl}}"} } }""");
        (await _sandbox.GetUserInfoAsync(JmapSandbox.Jane)).Status.ShouldBe(402);
        (await AuthorizeAsync("123456")).ShouldBe("failure");
        string code = new OtpNet.Totp(OtpNet.Base32Encoding.ToBytes("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")).ComputeTotp(_time.Now.UtcDateTime);
        (await AuthorizeAsync(code)).ShouldBe("authenticated");

        async Task<string?> AuthorizeAsync(string given) => (await _sandbox.AuthorizeAsync(
            $$"""{"type":"authCode","accountName":"jane","accountSecret":"{{JmapSandbox.Password}}","mfaToken":"{{given}}","clientId":"c","redirectUri":"c://x"}""")).Json.GetProperty("type").GetString();
    }

    [Theory]
    [InlineData("https://client.test/cb", true)]
    [InlineData("http://127.0.0.1:8080/cb", true)]
    [InlineData("http://[::1]/", true)]
    [InlineData("org.client.app:/cb", true)]
    [InlineData("http://client.test/cb", false)]
    [InlineData("http://127.0.0.1", false)]
    [InlineData("https://client.test/cb#part", false)]
    [InlineData("https://client.test/../cb", false)]
    [InlineData("client:/cb", false)]
    public async Task A_client_registers_only_where_it_can_be_told_from_others(string uri, bool isTaken)
    {
        CapturedResponse answer = await _sandbox.Server.SendAsync("POST", "/auth/register", $$"""{"redirect_uris":["{{uri}}"]}""", authorization: null);
        answer.Status.ShouldBe(isTaken ? 201 : 400);
        (isTaken ? answer.Json.GetProperty("client_id").GetString()!.StartsWith("swc1.", StringComparison.Ordinal) : answer.Error == "invalid_redirect_uri").ShouldBeTrue(answer.Text);
    }

    [Fact]
    public async Task A_client_with_a_secret_is_stored_and_has_to_say_it()
    {
        await _sandbox.AddAccountAsync("jane");
        JsonElement client = (await _sandbox.Server.SendAsync(
            "POST", "/auth/register", """{"redirect_uris":["https://c.test/cb"],"client_name":"C","token_endpoint_auth_method":"client_secret_post"}""")).Json;
        string id = client.GetProperty("client_id").GetString()!;
        (await _sandbox.CallAsync("x:OAuthClient/query", $$"""{"filter":{"clientId":"{{id}}"} }""")).GetProperty("ids").GetArrayLength().ShouldBe(1);

        string code = (await _sandbox.AuthorizeAsync(
            $$"""{"type":"authCode","accountName":"jane","accountSecret":"{{JmapSandbox.Password}}","clientId":"{{id}}","redirectUri":"https://c.test/cb"}""")).Json.GetProperty("client_code").GetString()!;
        string form = $"grant_type=authorization_code&client_id={id}&redirect_uri=https%3A%2F%2Fc.test%2Fcb&code={code}";
        (await _sandbox.Server.GrantAsync(form)).Error.ShouldBe("invalid_client");
        (await _sandbox.Server.GrantAsync($"{form}&client_secret=wrong")).Error.ShouldBe("invalid_client");
        (await _sandbox.Server.GrantAsync($"{form}&client_secret={client.GetProperty("client_secret")}")).Status.ShouldBe(200);
    }
}
