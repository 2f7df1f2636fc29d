using System.Text.Json;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Sandbox;

/// <summary>Signing in to a sandbox of 0.16, beyond what the recording shows.</summary>
public sealed class JmapSignInTests
{
    private const string OtpUrl = "otpauth://totp/x?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

    private const string SandboxPassword = "sandbox-admin-secret";

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

    [Fact]
    public async Task Where_clients_have_to_be_registered_others_get_no_code_from_the_reload_on()
    {
        string jane = await _sandbox.AddAccountAsync("jane");
        await _sandbox.CallAsync("x:OAuthClient/set", """{"create":{"c":{"clientId":"known","redirectUris":{"https://c.test/cb":true,"http://127.0.0.1/cb":true} } } }""");
        string stateless = (await _sandbox.Server.SendAsync("POST", "/auth/register", """{"redirect_uris":["https://c.test/cb"]}""", authorization: null)).Json.GetProperty("client_id").GetString()!;
        string early = (await OrderAsync("stray", "https://c.test/cb")).Json.GetProperty("client_code").GetString()!;

        await RequireRegistrationAsync();
        (await OrderAsync("stray", "https://c.test/cb")).Status.ShouldBe(200, "it is not in force");
        await ReloadAsync();

        CapturedResponse refused = await OrderAsync("stray", "https://c.test/cb");
        (refused.Status, refused.Json.GetProperty("title").GetString()).ShouldBe((401, "Unauthorized"));
        (await OrderAsync("known", "https://elsewhere.test/cb")).Status.ShouldBe(401);
        (await OrderAsync("stray", "https://c.test/cb", "wrong")).Json.GetProperty("type").GetString().ShouldBe("failure", "the client is looked at after the password");
        (await ExchangeAsync(early, "stray", "https://c.test/cb")).Error.ShouldBe("invalid_request");

        foreach ((string client, string redirectUri) in new[] { ("known", "https://c.test/cb"), ("known", "http://127.0.0.1:8080/cb"), (stateless, "https://c.test/cb") })
        {
            CapturedResponse answer = await OrderAsync(client, redirectUri, challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
            answer.Status.ShouldBe(200, answer.Text);
            (await ExchangeAsync(answer.Json.GetProperty("client_code").GetString()!, client, redirectUri, "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")).Status.ShouldBe(200);
        }

        await _sandbox.CallAsync("x:Account/set", $$$"""{"update":{"{{{jane}}}":{"permissions":{"@type":"Merge","enabledPermissions":{"oAuthClientOverride":true},"disabledPermissions":{} } } } }""");
        (await OrderAsync("stray", "https://c.test/cb")).Status.ShouldBe(200, "the account may use any");
        (await OrderAsync("stray", "https://c.test/cb", SandboxPassword, "admin")).Status.ShouldBe(200, "so may the recovery administrator");
    }

    [Theory]
    [InlineData("known", null)]
    [InlineData("stray", "invalid_request")]
    public async Task A_device_has_to_be_registered_too_when_it_gets_its_tokens(string clientId, string? error)
    {
        await _sandbox.AddAccountAsync("jane");
        await _sandbox.CallAsync("x:OAuthClient/set", """{"create":{"c":{"clientId":"known"} } }""");
        await RequireRegistrationAsync();
        await ReloadAsync();
        JsonElement device = (await _sandbox.Server.SendAsync("POST", "/auth/device", $"client_id={clientId}", authorization: null, contentType: "application/x-www-form-urlencoded")).Json;
        (await _sandbox.AuthorizeAsync($$"""{"type":"authDevice","accountName":"jane","accountSecret":"{{JmapSandbox.Password}}","code":"{{device.GetProperty("user_code")}}"}"""))
            .Json.GetProperty("type").GetString().ShouldBe("verified");
        CapturedResponse answer = await _sandbox.Server.GrantAsync(
            $"grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code&client_id={clientId}&device_code={device.GetProperty("device_code")}");
        (answer.Status, answer.Status == 200 ? null : answer.Error).ShouldBe((error is null ? 200 : 400, error));
    }

    private Task<JsonElement> RequireRegistrationAsync() => _sandbox.CallAsync("x:OidcProvider/set", """{"update":{"singleton":{"requireClientRegistration":true} } }""");

    // No host of Pyzor is found here, and then nothing is taken over.
    private async Task ReloadAsync()
    {
        await _sandbox.CallAsync("x:SpamPyzor/set", """{"update":{"singleton":{"enable":false} } }""");
        JsonElement done = await _sandbox.CallAsync("x:Action/set", """{"create":{"r":{"@type":"ReloadSettings"} } }""");
        done.TryGetProperty("created", out _).ShouldBeTrue(done.ToString());
    }

    private Task<CapturedResponse> OrderAsync(string clientId, string redirectUri, string secret = JmapSandbox.Password, string name = "jane", string? challenge = null) => _sandbox.AuthorizeAsync(
        JsonSerializer.Serialize(new { type = "authCode", accountName = name, accountSecret = secret, clientId, redirectUri, codeChallenge = challenge, codeChallengeMethod = challenge is null ? null : "S256" }));

    private Task<CapturedResponse> ExchangeAsync(string code, string clientId, string redirectUri, string? verifier = null) => _sandbox.Server.GrantAsync(
        $"grant_type=authorization_code&client_id={Uri.EscapeDataString(clientId)}&redirect_uri={Uri.EscapeDataString(redirectUri)}&code={code}{(verifier is null ? "" : $"&code_verifier={verifier}")}");
}
