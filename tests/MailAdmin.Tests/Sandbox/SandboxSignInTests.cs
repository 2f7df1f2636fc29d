using MailAdmin.Sandbox;
using OtpNet;

namespace MailAdmin.Tests.Sandbox;

public sealed class SandboxSignInTests
{
    private const string Base32 = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    private readonly SandboxServer _server = new(new SandboxOptions { Empty = true, TimeProvider = new FrozenTime() });

    [Theory]
    [InlineData("$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1", "Hello world!")]
    [InlineData("$6$rounds=10000$saltstringsaltst$OW1/O6BYHV6BcXZu8QVeXbDWra3Oeqh0sbHbbMCVNSnCM/UrjmM0Dp8vOuZeHBy/YTBmSK6H9qs/y3RnOaw5v.", "Hello world!")]
    [InlineData("$5$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5", "Hello world!")]
    [InlineData("$5$rounds=10000$saltstringsaltst$3xv.VbSHBb41AL9AvLeujZkZRBAwqFMz2.opqey6IcA", "Hello world!")]
    [InlineData("$6$xY$hjSKZR48xq6JQdQA38yaoM1v9ZTzj06DR9So1Fdbj4dF98hgDJ1ZrInIcL6oZR0zG6pB7.VQ6uBR2xY0jiEqT/", "pässwörd-longer-than-sixty-four-bytes-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")]
    [InlineData("$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW", "U*U")]
    [InlineData("$argon2i$v=19$m=65536,t=2,p=4$c29tZXNhbHQ$RdescudvJCsgt3ub+b+dWRWJTmaaJObG", "password")]
    [InlineData("$scrypt$ln=10,r=8,p=1$c2FsdHNhbHQ$fFv5f1bsLOPUdoelG5/9UTNU8R58KPihmzcUtCxFhAE", "open")]
    [InlineData("$pbkdf2-sha256$i=1000,l=32$c2FsdHNhbHQ$0c/+P3k9I+ExhzX9XtHooRtpOcWmtQewfwtSM9ira5c", "open")]
    [InlineData("{SSHA}QsZCbS/gbgpV5i1c+SGSDgl69cBzYWx0", "open")]
    [InlineData("{SSHA}gVK8WC9YyFT1gMsQHTGCgT3sSv5zYWx0", "wrong")]
    [InlineData("$6$short", "wrong")]
    [InlineData("{WHAT}ever", "wrong")]
    [InlineData("{PLAIN}open", "open")]
    [InlineData("open sesame", "open sesame")]
    public async Task A_stored_secret_is_verified_for_what_it_is(string stored, string password)
    {
        await _server.AddUserAsync("jane", stored);
        (await SignInAsync("jane", password)).ShouldBe(password == "wrong" ? 401 : 200);
        (await SignInAsync("jane", password)).ShouldBe(password == "wrong" ? 401 : 200, "a remembered login is no different");
        (await SignInAsync("jane", password + "x")).ShouldBe(401);
        if (stored != password)
        {
            (await SignInAsync("jane", stored)).ShouldBe(401, "the hash itself is no password");
        }
    }

    [Fact]
    public async Task A_secret_of_an_unknown_form_keeps_the_account_out()
    {
        await _server.AddUserAsync("jane", "secret");
        await PatchAsync("jane", "addItem", "secrets", "$unknown$form");
        (await SignInAsync("jane", "secret")).ShouldBe(200, "it stands behind the right one");
        await PatchAsync("jane", "removeItem", "secrets", "secret");
        await PatchAsync("jane", "addItem", "secrets", "secret");
        (await SignInAsync("jane", "secret")).ShouldBe(401, "it stands before the right one");
    }

    [Theory]
    [InlineData("SHA1", 6, 30)]
    [InlineData("SHA256", 8, 60)]
    public async Task A_code_holds_for_its_period_and_its_neighbours(string algorithm, int digits, int period)
    {
        await _server.AddUserAsync("jane", "secret");
        string url = $"otpauth://totp/Test:jane?secret={Base32}&algorithm={algorithm}&digits={digits}&period={period}";
        (await _server.SendAsync("POST", "/api/account/auth", $$"""[{"type":"enableOtpAuth","url":"{{url}}"}]""", SandboxServerExtensions.CreateBasicAuthorization("jane", "secret"))).Status.ShouldBe(200);
        (await SignInAsync("jane", "secret")).ShouldBe(402);
        (await SignInAsync("jane", "wrong")).ShouldBe(401);

        OtpHashMode mode = algorithm == "SHA1" ? OtpHashMode.Sha1 : OtpHashMode.Sha256;
        string code = new Totp(Base32Encoding.ToBytes(Base32), period, mode, digits).ComputeTotp(_server.Clock.GetUtcNow().UtcDateTime);
        (await SignInAsync("jane", $"secret${code}")).ShouldBe(200);
        _server.Clock.Advance(TimeSpan.FromSeconds(period));
        (await SignInAsync("jane", $"secret${code}")).ShouldBe(200);
        _server.Clock.Advance(TimeSpan.FromSeconds(period));
        (await SignInAsync("jane", $"secret${code}")).ShouldBe(401);
    }

    [Fact]
    public async Task Tokens_end_with_their_time_and_a_refresh_token_is_renewed_only_near_its_end()
    {
        (string access, string refresh) = await _server.SignInAsync();
        _server.Clock.Advance(TimeSpan.FromMinutes(59));
        (await ListAsync(access)).ShouldBe(200);
        _server.Clock.Advance(TimeSpan.FromMinutes(1));
        (await ListAsync(access)).ShouldBe(401);

        CapturedResponse early = await _server.RefreshAsync(refresh);
        early.Json.TryGetProperty("refresh_token", out _).ShouldBeFalse();
        (await ListAsync(early.Json.GetProperty("access_token").GetString()!)).ShouldBe(200);
        (await ListAsync(refresh)).ShouldBe(401, "a refresh token is no access token");

        _server.Clock.Advance(TimeSpan.FromDays(26));
        CapturedResponse late = await _server.RefreshAsync(refresh);
        string renewed = late.Json.GetProperty("refresh_token").GetString()!;
        _server.Clock.Advance(TimeSpan.FromDays(4));
        (await _server.RefreshAsync(refresh)).Error.ShouldBe("invalid_grant");
        (await _server.RefreshAsync(renewed)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_new_password_ends_refresh_tokens_but_not_those_of_an_account_with_totp()
    {
        await _server.AddUserAsync("jane", "one");
        (string _, string refresh) = await _server.SignInAsync(SandboxServerExtensions.CreateBasicAuthorization("jane", "one"));
        await PatchAsync("jane", "set", "secrets", "two");
        (await _server.RefreshAsync(refresh)).Error.ShouldBe("invalid_grant");

        // The first secret of such an account is the TOTP URL, and it is the first secret that counts.
        (string _, string kept) = await _server.SignInAsync(SandboxServerExtensions.CreateBasicAuthorization("jane", "two"));
        await PatchAsync("jane", "addItem", "secrets", $"otpauth://totp/Test:jane?secret={Base32}");
        (await _server.RefreshAsync(kept)).Error.ShouldBe("invalid_grant");
    }

    [Fact]
    public async Task A_code_lives_ten_minutes_and_a_device_thirty()
    {
        string? code = (await _server.SendAsync("POST", "/api/oauth", """{"type":"code","client_id":"test"}""")).Data.GetProperty("code").GetString();
        _server.Clock.Advance(TimeSpan.FromMinutes(10));
        (await _server.GrantAsync($"grant_type=authorization_code&client_id=test&redirect_uri=&code={code}")).Error.ShouldBe("access_denied");

        CapturedResponse device = await _server.SendAsync("POST", "/auth/device", "client_id=test", authorization: null, contentType: "application/x-www-form-urlencoded");
        string poll = $"grant_type=urn:ietf:params:oauth:grant-type:device_code&client_id=test&device_code={device.Json.GetProperty("device_code").GetString()}";
        (await _server.GrantAsync(poll)).Error.ShouldBe("authorization_pending");
        _server.Clock.Advance(TimeSpan.FromMinutes(30));
        (await _server.GrantAsync(poll)).Error.ShouldBe("expired_token");
    }

    private async Task<int> SignInAsync(string login, string secret) =>
        (await _server.SendAsync("GET", "/api/account/auth", authorization: SandboxServerExtensions.CreateBasicAuthorization(login, secret))).Status;

    private async Task<int> ListAsync(string token) => (await _server.SendAsync("GET", "/api/principal", authorization: $"Bearer {token}")).Status;

    private Task<CapturedResponse> PatchAsync(string name, string action, string field, string value) =>
        _server.SendAsync("PATCH", $"/api/principal/{name}", $$"""[{"action":"{{action}}","field":"{{field}}","value":"{{value}}"}]""");
}
