// The account resource: what travels, with whose proof, and what a lost answer means.
using System.Text;
using MailAdmin.Client;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Account;

public sealed class AccountTests
{
    private static readonly CancellationToken s_cancellationToken = TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_password_goes_with_that_call_alone()
    {
        var server = new FakeServer();
        using MailClient client = await server.ConnectAsync();
        await client.Account.SetPasswordAsync(MailCredential.FromPassword("Admin", "admin-secret"), "$6$x", s_cancellationToken);
        await client.Account.GetAuthAsync(s_cancellationToken).ShouldThrowAsync<MailServerException>();
        server.Requests[0].Authorization.ShouldBe("Basic " + Convert.ToBase64String("Admin:admin-secret"u8));
        server.Requests[0].Body.ShouldBe("""[{"type":"setPassword","password":"$6$x"}]""");
        server.Requests[1].Authorization.ShouldBe("Bearer token-1");
    }

    [Fact]
    public async Task The_code_follows_the_password_where_the_server_asks()
    {
        var server = new FakeServer();
        server.OnRequest = r => r.Authorization!.EndsWith(Convert.ToBase64String("admin:admin-secret$123456"u8), StringComparison.Ordinal) ? TestResponses.Data("null") : TestResponses.Problem(402, "TOTP code required");
        using MailClient client = await server.ConnectAsync();
        await client.Account.DisableOtpAsync(MailCredential.FromPassword("admin", "admin-secret", _ => ValueTask.FromResult<string?>(" 123456 ")), s_cancellationToken);
        server.Requests.Count.ShouldBe(2);
        (await client.Account.DisableOtpAsync(MailCredential.FromPassword("admin", "admin-secret"), s_cancellationToken).ShouldThrowAsync<MailServerException>()).Code.ShouldBe(MailErrorCode.TotpRequired);
    }

    [Fact]
    public async Task Renewing_exchanges_tokens_and_leaves_keys_alone()
    {
        var server = new FakeServer(_ => TestResponses.Data("""{"otpEnabled":false,"appPasswords":[]}"""));
        using MailClient client = await server.ConnectAsync();
        await client.Account.RenewSessionAsync(MailCredential.FromPassword("admin", "new"), s_cancellationToken);
        await client.Account.GetAuthAsync(s_cancellationToken);
        server.Requests[^1].Authorization.ShouldBe("Bearer token-2");

        using MailClient key = await server.ConnectAsync(MailCredential.FromApiKey("api_Ym90OnNlY3JldA=="));
        int before = server.AllRequests.Count;
        await key.Account.RenewSessionAsync(MailCredential.FromPassword("bot", "new"), s_cancellationToken);
        server.AllRequests.Count.ShouldBe(before);
    }

    [Fact]
    public async Task Empty_passwords_foreign_logins_and_other_URLs_are_refused()
    {
        var server = new FakeServer();
        using MailClient client = await server.ConnectAsync();
        var me = MailCredential.FromPassword("admin", "admin-secret");
        (await Should.ThrowAsync<MailServerException>(() => client.Account.SetPasswordAsync(me, "", s_cancellationToken))).Code.ShouldBe(MailErrorCode.RejectedByClient);
        (await Should.ThrowAsync<MailServerException>(() => client.Account.SetPasswordAsync(MailCredential.FromPassword("jane", "x"), "$6$x", s_cancellationToken))).Code.ShouldBe(MailErrorCode.RejectedByClient);
        (await Should.ThrowAsync<MailServerException>(() => client.Account.AddAppPasswordAsync(new NewAppPassword("a") { Hash = "" }, s_cancellationToken))).Code.ShouldBe(MailErrorCode.RejectedByClient);
        await Should.ThrowAsync<ArgumentException>(() => client.Account.EnableOtpAsync(me, "plain", s_cancellationToken));
        await Should.ThrowAsync<ArgumentException>(() => client.Account.RemoveAppPasswordAsync(MailAppPasswordName.Parse(""), s_cancellationToken));
        server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_lost_answer_is_said_and_a_lost_app_password_looked_for()
    {
        var server = new FakeServer(_ => TestResponses.ConnectionLost());
        using MailClient client = await server.ConnectAsync();
        (await client.Account.SetPasswordAsync(MailCredential.FromPassword("admin", "s"), "$6$x", s_cancellationToken).ShouldThrowAsync<MailServerException>()).Code.ShouldBe(MailErrorCode.OutcomeUnknown);
        server.Requests.Count.ShouldBe(1);

        string? name = null;
        server.OnRequest = r =>
        {
            if (r.Method == HttpMethod.Get)
            {
                return TestResponses.Data($$"""{"otpEnabled":false,"appPasswords":["{{name}}"]}""");
            }
            name = System.Text.Json.JsonDocument.Parse(r.Body!).RootElement[0].GetProperty("name").GetString();
            return TestResponses.ConnectionLost();
        };
        await client.Account.AddAppPasswordAsync(new NewAppPassword("phone") { Hash = "$6$x" }, s_cancellationToken);
        server.Requests.Count(r => r.Method == HttpMethod.Post).ShouldBe(2);
    }

    [Fact]
    public async Task Encryption_always_says_whether_the_filter_may_learn()
    {
        var server = new FakeServer(_ => TestResponses.Data("1"));
        using MailClient client = await server.ConnectAsync();
        var pgp = EncryptionCertificates.Parse([Encoding.ASCII.GetBytes("-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nabc\n-----END PGP PUBLIC KEY BLOCK-----\n")]);
        (await client.Account.EnableEncryptionAsync(pgp, "Aes256", false, s_cancellationToken)).ShouldBe(1);
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
        (read.Name, read.RawName, read.Created is not null).ShouldBe((name, raw, dated));
    }

    [Fact]
    public async Task From_0_14_a_new_password_asks_before_it_takes_everything_else()
    {
        var server = new FakeServer(r => r.Method == HttpMethod.Get ? TestResponses.Data("""{"otpEnabled":true,"appPasswords":["phone"]}""") : TestResponses.Data("null")) { Version = "0.15.5" };
        using var shell = new HostedShell();
        shell.Connect(await server.ConnectAsync());
        shell.SetVariable("new", new System.Net.NetworkCredential("", "new secret").SecurePassword);
        shell.SetVariable("me", new System.Management.Automation.PSCredential("admin", new System.Net.NetworkCredential("", "old").SecurePassword));
        shell.Run("Set-MailAccountPassword $new -Credential $me").Errors.ShouldNotBeEmpty();
        server.RequestLines.ShouldBe(["GET /api/account/auth"]);
        shell.Run("Set-MailAccountPassword $new -Credential $me -Force").ShouldHaveNoErrors();
        server.Requests.Count(r => r.Method == HttpMethod.Post).ShouldBe(1);
        server.Requests.Last(r => r.Method == HttpMethod.Post).Body.ShouldNotContain("new secret");
        shell.Render("Set-MailAccountPassword $new -Credential $me -WhatIf").ShouldContain("phone");
    }
}
