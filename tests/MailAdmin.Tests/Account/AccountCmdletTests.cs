// The signed-in account against the sandbox: what changes, what survives, and what is never sent.
using System.Management.Automation;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using MailAdmin.Client;
using MailAdmin.PowerShell.Cmdlets.Account;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;
using OtpNet;

namespace MailAdmin.Tests.Account;

public sealed partial class AccountCmdletTests : IDisposable
{
    private const string Password = "jane's secret";
    private readonly SandboxServer _server = HostedShell.CreateServer();
    private readonly HostedShell _shell;
    private readonly string _folder = Directory.CreateTempSubdirectory("mailadmin-account-").FullName;
    private MailClient _client = null!;

    public AccountCmdletTests()
    {
        using (var admin = HostedShell.CreateConnected(_server))
        {
            admin.SetVariable("password", Secure(Password));
            admin.Run("New-MailPrincipal jane -Password $password; New-MailPrincipal john -Password $password").ShouldHaveNoErrors();
        }
        _shell = HostedShell.CreateConnected(_server, "jane", Password, client => _client = client);
        _shell.SetVariable("me", new PSCredential("jane", Secure(Password)));
        _shell.SetVariable("folder", _folder);
    }

    public void Dispose()
    {
        _shell.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static System.Security.SecureString Secure(string text) => new NetworkCredential("", text).SecurePassword;

    private bool SignsIn(string password)
    {
        try
        {
            using var shell = HostedShell.CreateConnected(_server, "jane", password);
            return true;
        }
        catch (MailServerException e) when (e.Code is MailErrorCode.Unauthorized or MailErrorCode.TotpRequired)
        {
            return false;
        }
    }

    private string[] Sent(string script, Func<ScriptResult, ScriptResult>? check = null)
    {
        int before = _server.RequestCount;
        (check ?? (r => r.ShouldHaveNoErrors()))(_shell.Run(script));
        return [.. _server.RequestLog.Skip(before)];
    }

    private static ScriptResult ShouldHaveErrors(ScriptResult run)
    {
        run.Errors.ShouldNotBeEmpty();
        return run;
    }

    private string Code(string url) => new Totp(Base32Encoding.ToBytes(SecretIn().Match(url).Groups[1].Value)).ComputeTotp(_server.Clock.GetUtcNow().UtcDateTime);

    private MailAccountAuth Auth() => _shell.Run("Get-MailAccountAuth").ShouldHaveNoErrors().OutputAs<MailAccountAuth>().Single();

    [Fact]
    public void A_new_password_is_stored_hashed_and_the_connection_lives_on()
    {
        _shell.SetVariable("new", Secure("another secret"));
        _shell.Run("Set-MailAccountPassword $new -Credential $me").ShouldHaveNoErrors().Warnings.ShouldBeEmpty();
        SignsIn("another secret").ShouldBeTrue();
        SignsIn(Password).ShouldBeFalse();
        _server.Rest.Store.Find("jane")!.Secrets.ShouldHaveSingleItem().ShouldStartWith("$6$");

        // The old refresh token is dead: an hour later only the new one signs in.
        _server.Clock.Advance(TimeSpan.FromHours(2));
        Auth().OtpEnabled.ShouldBeFalse();
        _client.TokenExpires!.Value.ShouldBeGreaterThan(_server.Clock.GetUtcNow());
    }

    [Fact]
    public void The_new_password_is_asked_for_twice()
    {
        var answers = new Queue<string>(["one secret", "other secret", "one secret", "one secret"]);
        _shell.Reply = _ => answers.Dequeue();
        Sent("Set-MailAccountPassword -Credential $me", ShouldHaveErrors).ShouldBeEmpty();
        _shell.Run("Set-MailAccountPassword -Credential $me").ShouldHaveNoErrors();
        SignsIn("one secret").ShouldBeTrue();
    }

    [Theory]
    [InlineData("Set-MailAccountPassword ([securestring]::new()) -Credential $me")]
    [InlineData("Set-MailAccountPassword 'plain text' -Credential $me")]
    [InlineData("Set-MailAccountPassword $new -Credential $john")]
    [InlineData("Set-MailAccountPassword $new -Credential $empty")]
    [InlineData("Set-MailAccountPassword $new")]
    [InlineData("Set-MailAccountPassword -Credential $me")]
    [InlineData("$otp | Enable-MailAccountOtp -Code 12 -Credential $me")]
    [InlineData("Enable-MailAccountOtp -Code 123456 -Credential $me")]
    [InlineData("New-MailAppPassword ''")]
    [InlineData("New-MailAppPassword 'a$b'")]
    [InlineData("Remove-MailAppPassword ''")]
    [InlineData("Remove-MailAppPassword $undefined")]
    [InlineData("Set-MailAccountCrypto -Disable:$false")]
    [InlineData("Set-MailAccountCrypto $folder/absent.pem")]
    public void Nothing_is_sent_for_what_must_not_be(string script)
    {
        _shell.SetVariable("new", Secure("another secret"));
        _shell.SetVariable("john", new PSCredential("john", Secure(Password)));
        _shell.SetVariable("empty", new PSCredential("jane", new System.Security.SecureString()));
        _shell.Run("$otp = Enable-MailAccountOtp -Prepare").ShouldHaveNoErrors();
        Sent(script, ShouldHaveErrors).ShouldBeEmpty();
        SignsIn(Password).ShouldBeTrue();
    }

    // Whoever's password it is: none is asked for, sent or counted towards a ban.
    [Theory]
    [InlineData("Disable-MailAccountOtp -Confirm:$false")]
    [InlineData("Disable-MailAccountOtp -Credential $me -WhatIf")]
    [InlineData("Disable-MailAccountOtp -Credential $wrong -Force")]
    [InlineData("Disable-MailAccountOtp -Credential $john -Force")]
    public void Codes_that_are_off_are_said_to_be_so_without_a_password(string script)
    {
        _shell.SetVariable("wrong", new PSCredential("jane", Secure("wrong")));
        _shell.SetVariable("john", new PSCredential("john", Secure(Password)));
        Sent(script, run =>
        {
            string warning = run.ShouldHaveNoErrors().Warnings.ShouldHaveSingleItem().Message;
            warning.ShouldContain("already switched off");
            warning.ShouldNotContain("was made");
            return run;
        }).ShouldAllBe(line => line.StartsWith("GET", StringComparison.Ordinal));
        _shell.HostText.ShouldNotContain("What if");
    }

    [Theory]
    [InlineData("Set-MailAccountPassword $new -Credential $me -WhatIf")]
    [InlineData("Enable-MailAccountOtp -Credential $me -WhatIf")]
    [InlineData("Disable-MailAccountOtp -Credential $me -WhatIf -Force")]
    [InlineData("New-MailAppPassword phone -WhatIf")]
    [InlineData("Remove-MailAppPassword laptop -WhatIf")]
    [InlineData("Set-MailAccountCrypto -Disable -WhatIf")]
    public void WhatIf_sends_no_write(string script)
    {
        _shell.SetVariable("new", Secure("another secret"));
        _shell.Run("New-MailAppPassword laptop").ShouldHaveNoErrors();
        Sent(script).ShouldAllBe(line => line.StartsWith("GET", StringComparison.Ordinal));
    }

    [Fact]
    public void A_wrong_current_password_is_sent_once()
    {
        _shell.SetVariable("new", Secure("another secret"));
        _shell.SetVariable("wrong", new PSCredential("jane", Secure("wrong")));
        Sent("Set-MailAccountPassword $new -Credential $wrong", run =>
        {
            ErrorRecord error = run.Errors.ShouldHaveSingleItem();
            error.FullyQualifiedErrorId.ShouldStartWith("Unauthorized");
            error.ToString().ShouldNotContain("wrong\"");
            return run;
        }).ShouldBe(["POST /api/account/auth"]);
    }

    [Fact]
    public void One_time_codes_are_prepared_verified_and_switched_on()
    {
        MailOtpSetup otp = _shell.Run("$global:otp = Enable-MailAccountOtp -Prepare -Issuer 'Example GmbH'; $otp").ShouldHaveNoErrors().OutputAs<MailOtpSetup>().Single();
        (otp.Account, otp.Issuer, otp.Enabled).ShouldBe(("jane", "Example GmbH", false));
        otp.Url.ShouldStartWith("otpauth://totp/Example%20GmbH:jane?secret=");
        otp.QrCode.Split('\n').Length.ShouldBeGreaterThan(15);
        string secret = SecretIn().Match(otp.Url).Groups[1].Value;
        string shown = _shell.Render("$otp");
        shown.ShouldContain("Example GmbH");
        shown.ShouldNotContain(secret);
        // After an object of another type PowerShell ignores views.
        string mixed = _shell.Render("& { Get-MailConnection; $otp }");
        mixed.ShouldContain("Example GmbH");
        mixed.ShouldNotContain(secret);
        $"{otp}".ShouldNotContain(secret);

        string right = Code(otp.Url);
        _shell.SetVariable("wrong", right == "123456" ? "654321" : "123456");
        Sent("$otp | Enable-MailAccountOtp -Code $wrong -Credential $me", ShouldHaveErrors).ShouldNotContain("POST /api/account/auth");
        Auth().OtpEnabled.ShouldBeFalse();

        _shell.SetVariable("code", right);
        _shell.Run("($otp | Enable-MailAccountOtp -Code $code -Credential $me).Enabled").ShouldHaveNoErrors().OutputAs<bool>().ShouldBe([true]);
        Auth().OtpEnabled.ShouldBeTrue();
        SignsIn(Password).ShouldBeFalse();
        // A second secret beside the first would let both in.
        Sent("$otp | Enable-MailAccountOtp -Code $code -Credential $me", ShouldHaveErrors).ShouldNotContain("POST /api/account/auth");

        _server.Clock.Advance(TimeSpan.FromHours(2));
        Auth().OtpEnabled.ShouldBeTrue();
        _shell.SetVariable("code", Code(otp.Url));
        Sent("Disable-MailAccountOtp -Credential $me -Force", ShouldHaveErrors).ShouldBe(["GET /api/settings/keys?keys=authentication.fallback-admin.user", "GET /api/account/auth", "POST /api/account/auth"]);
        Sent("Disable-MailAccountOtp -Credential $john -TotpCode $code -Force", ShouldHaveErrors).ShouldNotContain("POST /api/account/auth");
        _shell.Run("Disable-MailAccountOtp -Credential $me -TotpCode $code -Confirm:$false").ShouldHaveNoErrors().Warnings.ShouldBeEmpty();
        SignsIn(Password).ShouldBeTrue();
        _server.Clock.Advance(TimeSpan.FromHours(2));
        Auth().OtpEnabled.ShouldBeFalse();
    }

    [Fact]
    public void At_a_terminal_the_secret_is_shown_and_its_code_asked_for()
    {
        int asked = 0;
        _shell.Reply = text => ++asked == 1 ? "000000x" : new Totp(Base32Encoding.ToBytes(KeyShown().Match(text).Groups[1].Value)).ComputeTotp(_server.Clock.GetUtcNow().UtcDateTime);
        _shell.Run("Enable-MailAccountOtp -Credential $me").ShouldHaveNoErrors().OutputAs<MailOtpSetup>().Single().Enabled.ShouldBeTrue();
        asked.ShouldBe(2);
        Auth().OtpEnabled.ShouldBeTrue();
    }

    [Fact]
    public void Without_a_terminal_nothing_is_switched_on()
    {
        Sent("Enable-MailAccountOtp -Credential $me", run =>
        {
            run.Errors.ShouldHaveSingleItem().ToString().ShouldContain("-Prepare");
            return run;
        }).ShouldBe(["GET /api/settings/keys?keys=authentication.fallback-admin.user", "GET /api/account/auth"]);
    }

    // With the same words in a rehearsal and a real run.
    [Theory]
    [InlineData("New-MailAppPassword phone")]
    [InlineData("New-MailAppPassword phone -WhatIf")]
    [InlineData("Enable-MailAccountOtp -Prepare")]
    [InlineData("Disable-MailAccountOtp -Force -Credential $admin")]
    [InlineData("Disable-MailAccountOtp -WhatIf")]
    public void The_fallback_administrator_is_told_that_it_is_no_account(string script)
    {
        using var admin = HostedShell.CreateConnected(_server);
        admin.SetVariable("admin", new PSCredential("admin", Secure(HostedShell.SandboxPassword)));
        ErrorRecord error = admin.Run(script).Errors.ShouldHaveSingleItem();
        error.ToString().ShouldContain("is the fallback administrator, who is in the server's settings and not an account");
        error.ToString().ShouldContain("New-MailPrincipal ann");
    }

    [Fact]
    public void A_new_password_with_one_time_codes_needs_a_code_and_keeps_them()
    {
        _shell.Run("$global:otp = Enable-MailAccountOtp -Prepare").ShouldHaveNoErrors();
        string url = _shell.Run("$otp.Url").ShouldHaveNoErrors().OutputAs<string>().Single();
        _shell.SetVariable("code", Code(url));
        _shell.Run("$otp | Enable-MailAccountOtp -Code $code -Credential $me").ShouldHaveNoErrors();
        _shell.SetVariable("new", Secure("another secret"));
        _shell.Run("Set-MailAccountPassword $new -Credential $me").Errors.ShouldHaveSingleItem().FullyQualifiedErrorId.ShouldStartWith("TotpRequired");
        _shell.Run("Set-MailAccountPassword $new -Credential $me -TotpCode $code").ShouldHaveNoErrors().Warnings.ShouldBeEmpty();
        Auth().OtpEnabled.ShouldBeTrue();
        SignsIn($"another secret${Code(url)}").ShouldBeTrue();
    }

    [Fact]
    public void An_app_password_is_made_hashed_shown_once_and_signs_in()
    {
        MailAppPassword made = _shell.Run("$global:made = New-MailAppPassword phone; $made").ShouldHaveNoErrors().OutputAs<MailAppPassword>().Single();
        (made.Name, made.Credential.UserName).ShouldBe(("phone", "jane"));
        string password = made.Credential.GetNetworkCredential().Password;
        SignsIn(password).ShouldBeTrue();
        _server.Rest.Store.Find("jane")!.Secrets!.ShouldContain(s => s.StartsWith($"$app${made.RawName}$$6$", StringComparison.Ordinal));
        MailAppPasswordName held = Auth().AppPassword.ShouldHaveSingleItem();
        (held.Name, held.RawName).ShouldBe(("phone", made.RawName));
        held.Created!.Value.ShouldBe(_server.Clock.GetUtcNow(), TimeSpan.FromMinutes(1));

        _shell.Render("$made").ShouldNotContain(password);
        _shell.Render("Get-MailAccountAuth").ShouldContain("phone");
        _shell.Render("(Get-MailAccountAuth).AppPassword").ShouldContain("phone");
        _shell.SetVariable("line", "Remove-MailAppPassword ph");
        _shell.Run("(TabExpansion2 $line $line.Length).CompletionMatches.CompletionText").ShouldHaveNoErrors().OutputAs<string>().ShouldBe(["phone"]);
    }

    [Fact]
    public async Task Removal_is_exact_where_the_server_removes_what_begins_so()
    {
        foreach ((string name, int number) in new[] { ("a", 1), ("ab", 2), ("ab", 3), ("abc", 4) })
        {
            using var http = new HttpClient(_server.CreateHandler()) { BaseAddress = new Uri("https://sandbox.example.org") };
            http.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"jane:{Password}")));
            using HttpResponseMessage set = await http.PostAsync("/api/account/auth", new StringContent($$"""[{"type":"addAppPassword","name":"{{name}}","password":"x{{number}}"}]"""), TestContext.Current.CancellationToken);
            set.EnsureSuccessStatusCode();
        }
        _shell.Run("Remove-MailAppPassword a").ShouldHaveNoErrors();
        Auth().AppPassword.Select(p => p.Name).ShouldBe(["ab", "ab", "abc"]);
        ScriptResult both = _shell.Run("(Get-MailAccountAuth).AppPassword[0] | Remove-MailAppPassword").ShouldHaveNoErrors();
        both.Warnings.ShouldHaveSingleItem().Message.ShouldContain("2 app passwords");
        Auth().AppPassword.Select(p => p.Name).ShouldBe(["abc"]);

        ScriptResult missing = _shell.Run("'nothing', 'abc' | Remove-MailAppPassword");
        missing.Errors.ShouldHaveSingleItem().FullyQualifiedErrorId.ShouldStartWith("NotFound");
        Auth().AppPassword.ShouldBeEmpty();
    }

    [Fact]
    public void Two_of_one_label_are_told_apart()
    {
        _shell.Run("New-MailAppPassword phone").ShouldHaveNoErrors();
        _server.Clock.Advance(TimeSpan.FromMinutes(5));
        _shell.Run("$global:second = New-MailAppPassword phone").ShouldHaveNoErrors();
        ErrorRecord error = _shell.Run("Remove-MailAppPassword phone").Errors.ShouldHaveSingleItem();
        error.ToString().ShouldContain("stored name");
        Auth().AppPassword.Count.ShouldBe(2);
        _shell.Run("Remove-MailAppPassword $second.RawName").ShouldHaveNoErrors();
        Auth().AppPassword.Count.ShouldBe(1);
    }

    [Fact]
    public void Mail_is_encrypted_with_a_certificate_and_then_not_any_more()
    {
        using var key = RSA.Create(2048);
        using X509Certificate2 certificate = new CertificateRequest("CN=jane", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddYears(1));
        File.WriteAllText(Path.Combine(_folder, "jane.pem"), certificate.ExportCertificatePem());
        File.WriteAllBytes(Path.Combine(_folder, "jane.cer"), certificate.Export(X509ContentType.Cert));
        File.WriteAllText(Path.Combine(_folder, "both.pem"), certificate.ExportCertificatePem() + key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(Path.Combine(_folder, "nothing.pem"), "nothing");

        MailAccountCrypto crypto = _shell.Run("Set-MailAccountCrypto $folder/jane.pem -Algorithm Aes128 -PassThru").ShouldHaveNoErrors().OutputAs<MailAccountCrypto>().Single();
        (crypto.Type, crypto.Algorithm, crypto.IsEnabled).ShouldBe(("Smime", "Aes128", true));
        _shell.Run("(Set-MailAccountCrypto $folder/jane.cer -PassThru).Algorithm").ShouldHaveNoErrors().OutputAs<string>().ShouldBe(["Aes256"]);
        Sent("Set-MailAccountCrypto $folder/both.pem", ShouldHaveErrors).ShouldBeEmpty();
        Sent("Set-MailAccountCrypto $folder/nothing.pem", ShouldHaveErrors).ShouldBeEmpty();
        _shell.Render("Get-MailAccountCrypto").ShouldContain("Smime");
        _shell.Run("(Set-MailAccountCrypto -Disable -PassThru).Type").ShouldHaveNoErrors().OutputAs<string>().ShouldBe(["Disabled"]);
    }

    [GeneratedRegex("secret=([A-Z2-7]+)")]
    private static partial Regex SecretIn();

    [GeneratedRegex("enter the key ([A-Z2-7]+) there")]
    private static partial Regex KeyShown();

    [Fact]
    public void A_wildcard_names_no_app_password_and_is_told_how_to_reach_several()
    {
        int before = _server.RequestCount;
        _shell.Run("Remove-MailAppPassword 'ph*'").Errors.ShouldHaveSingleItem().ToString().ShouldContain("Where-Object Name -like 'ph*'");
        _server.RequestCount.ShouldBe(before);
    }

    [Fact]
    public void A_file_that_holds_no_certificate_is_named()
    {
        File.WriteAllText(Path.Combine(_folder, "a.pem"), "nothing of the kind");
        _shell.Run("Set-MailAccountCrypto $folder/a.pem").Errors.ShouldHaveSingleItem().ToString().ShouldContain("a.pem");
        _shell.Run("Set-MailAccountCrypto $folder/missing.pem").Errors.ShouldHaveSingleItem().FullyQualifiedErrorId.ShouldStartWith("PathNotFound");
    }

    [Fact]
    public void No_second_secret_is_prepared_where_codes_are_on()
    {
        string url = _shell.Run("$global:otp = Enable-MailAccountOtp -Prepare; $otp.Url").ShouldHaveNoErrors().OutputAs<string>().Single();
        _shell.SetVariable("code", new Totp(Base32Encoding.ToBytes(url.Split("secret=")[1].Split('&')[0])).ComputeTotp(_server.Clock.GetUtcNow().UtcDateTime));
        _shell.Run("$otp | Enable-MailAccountOtp -Code $code -Credential $me").ShouldHaveNoErrors();
        _shell.Run("Enable-MailAccountOtp -Prepare").Errors.ShouldHaveSingleItem().ToString().ShouldContain("already switched on");
    }
}
