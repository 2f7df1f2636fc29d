// The account resource: what travels, with whose proof, and what a lost answer means.
using System.Text;
using MailAdmin.Client;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Client;

public sealed class AccountTests
{
    private static readonly CancellationToken s_stop = TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_password_goes_with_that_call_alone()
    {
        var server = new FakeServer();
        using MailClient client = await server.ConnectAsync();
        await client.Account.SetPasswordAsync(MailCredential.Password("Admin", "admin-secret"), "$6$x", s_stop);
        await client.Account.GetAuthAsync(s_stop).ShouldThrowAsync<MailServerException>();
        server.Requests[0].Authorization.ShouldBe("Basic " + Convert.ToBase64String("Admin:admin-secret"u8));
        server.Requests[0].Body.ShouldBe("""[{"type":"setPassword","password":"$6$x"}]""");
        server.Requests[1].Authorization.ShouldBe("Bearer token-1");
    }

    [Fact]
    public async Task The_code_follows_the_password_where_the_server_asks()
    {
        var server = new FakeServer();
        server.Answer = r => r.Authorization!.EndsWith(Convert.ToBase64String("admin:admin-secret$123456"u8), StringComparison.Ordinal) ? Answer.Data("null") : Answer.Problem(402, "TOTP code required");
        using MailClient client = await server.ConnectAsync();
        await client.Account.DisableOtpAsync(MailCredential.Password("admin", "admin-secret", _ => ValueTask.FromResult<string?>(" 123456 ")), s_stop);
        server.Requests.Count.ShouldBe(2);
        (await client.Account.DisableOtpAsync(MailCredential.Password("admin", "admin-secret"), s_stop).ShouldThrowAsync<MailServerException>()).Code.ShouldBe(MailErrorCode.TotpRequired);
    }

    [Fact]
    public async Task Renewing_exchanges_tokens_and_leaves_keys_alone()
    {
        var server = new FakeServer(_ => Answer.Data("""{"otpEnabled":false,"appPasswords":[]}"""));
        using MailClient client = await server.ConnectAsync();
        await client.Account.RenewSessionAsync(MailCredential.Password("admin", "new"), s_stop);
        await client.Account.GetAuthAsync(s_stop);
        server.Requests[^1].Authorization.ShouldBe("Bearer token-2");

        using MailClient key = await server.ConnectAsync(MailCredential.ApiKey("api_Ym90OnNlY3JldA=="));
        int before = server.Everything.Count;
        await key.Account.RenewSessionAsync(MailCredential.Password("bot", "new"), s_stop);
        server.Everything.Count.ShouldBe(before);
    }

    [Fact]
    public async Task Empty_passwords_foreign_logins_and_other_URLs_are_refused()
    {
        var server = new FakeServer();
        using MailClient client = await server.ConnectAsync();
        var me = MailCredential.Password("admin", "admin-secret");
        (await Should.ThrowAsync<MailServerException>(() => client.Account.SetPasswordAsync(me, "", s_stop))).Code.ShouldBe(MailErrorCode.RefusedByClient);
        (await Should.ThrowAsync<MailServerException>(() => client.Account.SetPasswordAsync(MailCredential.Password("jane", "x"), "$6$x", s_stop))).Code.ShouldBe(MailErrorCode.RefusedByClient);
        (await Should.ThrowAsync<MailServerException>(() => client.Account.AddAppPasswordAsync(MailAppPasswordName.Create("a", server.Time.GetUtcNow()), "", s_stop))).Code.ShouldBe(MailErrorCode.RefusedByClient);
        await Should.ThrowAsync<ArgumentException>(() => client.Account.EnableOtpAsync(me, "plain", s_stop));
        await Should.ThrowAsync<ArgumentException>(() => client.Account.RemoveAppPasswordAsync(MailAppPasswordName.Parse(""), s_stop));
        server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_lost_answer_is_said_and_a_lost_app_password_looked_for()
    {
        var server = new FakeServer(_ => Answer.Lost());
        using MailClient client = await server.ConnectAsync();
        (await client.Account.SetPasswordAsync(MailCredential.Password("admin", "s"), "$6$x", s_stop).ShouldThrowAsync<MailServerException>()).Code.ShouldBe(MailErrorCode.OutcomeUnknown);
        server.Requests.Count.ShouldBe(1);

        var name = MailAppPasswordName.Create("phone", server.Time.GetUtcNow());
        server.Answer = r => r.Method == HttpMethod.Post ? Answer.Lost() : Answer.Data($$"""{"otpEnabled":false,"appPasswords":["{{name.RawName}}"]}""");
        await client.Account.AddAppPasswordAsync(name, "$6$x", s_stop);
        server.Requests.Count(r => r.Method == HttpMethod.Post).ShouldBe(2);
    }

    [Fact]
    public async Task Encryption_always_says_whether_the_filter_may_learn()
    {
        var server = new FakeServer(_ => Answer.Data("1"));
        using MailClient client = await server.ConnectAsync();
        var pgp = EncryptionCertificates.Parse([Encoding.ASCII.GetBytes("-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nabc\n-----END PGP PUBLIC KEY BLOCK-----\n")]);
        (await client.Account.EncryptAsync(pgp, "Aes256", false, s_stop)).ShouldBe(1);
        server.Requests.Single().Body.ShouldStartWith("""{"type":"pGP","algo":"Aes256","allow_spam_training":false,"certs":"-----BEGIN PGP""");
        Should.Throw<FormatException>(() => EncryptionCertificates.Parse([Encoding.ASCII.GetBytes("-----BEGIN PGP PRIVATE KEY BLOCK-----")]));
        Should.Throw<FormatException>(() => EncryptionCertificates.Parse([]));
    }

    [Theory]
    [InlineData("bGFwdG9wJDIwMjYtMTEtMjJUMTA6MDA6MDAuMDAwKzAwOjAw", "laptop", true)]
    [InlineData("phone", "phone", false)]
    [InlineData("abcd", "abcd", false)]
    [InlineData("", "", false)]
    public void Names_are_decoded_where_they_are_the_consoles(string raw, string name, bool dated)
    {
        var read = MailAppPasswordName.Parse(raw);
        (read.Name, read.RawName, read.CreatedAt is not null).ShouldBe((name, raw, dated));
    }

    [Fact]
    public async Task From_0_14_a_new_password_asks_before_it_takes_everything_else()
    {
        var server = new FakeServer(r => r.Method == HttpMethod.Get ? Answer.Data("""{"otpEnabled":true,"appPasswords":["phone"]}""") : Answer.Data("null")) { Version = "0.15.5" };
        using var shell = new HostedShell();
        shell.Use(await server.ConnectAsync());
        shell.Set("new", new System.Net.NetworkCredential("", "new secret").SecurePassword);
        shell.Set("me", new System.Management.Automation.PSCredential("admin", new System.Net.NetworkCredential("", "old").SecurePassword));
        shell.Run("Set-MailAccountPassword $new -Credential $me").Errors.ShouldNotBeEmpty();
        server.Lines.ShouldBe(["GET /api/account/auth"]);
        shell.Run("Set-MailAccountPassword $new -Credential $me -Force").Clean();
        server.Requests.Count(r => r.Method == HttpMethod.Post).ShouldBe(1);
        server.Requests.Last(r => r.Method == HttpMethod.Post).Body.ShouldNotContain("new secret");
        shell.Shown("Set-MailAccountPassword $new -Credential $me -WhatIf").ShouldContain("phone");
    }
}
