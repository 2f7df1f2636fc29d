// The signed-in account of a server from 0.16 on: what it changes, what stays, and what is never sent.
using System.Management.Automation;
using System.Net;
using MailAdmin.Client;
using MailAdmin.PowerShell.Cmdlets.Account;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Account;

public sealed class JmapAccountTests : IDisposable
{
    private const string Password = "jane walks a made-up road";
    private const string OtherPassword = "jane walks another road";
    private const string Jane = "jane@example.org";
    private readonly SandboxServer _server = new(new SandboxOptions { Empty = true, ServerVersion = "0.16", AdminPassword = HostedShell.SandboxPassword });
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mailadmin-jmap-account-");
    private readonly HostedShell _shell;

    public JmapAccountTests()
    {
        using (var admin = HostedShell.CreateConnected(_server))
        {
            admin.SetVariable("password", Secure(Password));
            admin.Run("New-MailPrincipal jane@example.org -Password $password; New-MailPrincipal john@example.org -Password $password").ShouldHaveNoErrors();
        }
        _shell = HostedShell.CreateConnected(_server, Jane, Password);
        _shell.SetVariable("me", new PSCredential(Jane, Secure(Password)));
        _shell.SetVariable("new", Secure(OtherPassword));
        _shell.SetVariable("folder", _folder.FullName);
    }

    public void Dispose()
    {
        _shell.Dispose();
        _folder.Delete(recursive: true);
    }

    private static System.Security.SecureString Secure(string text) => new NetworkCredential("", text).SecurePassword;

    private string Code(MailOtpSetup setup) => OneTimeCode.Compute(setup.Url, _server.Clock.GetUtcNow());

    private MailAccountAuth Auth() => _shell.Run("Get-MailAccountAuth").ShouldHaveNoErrors().OutputAs<MailAccountAuth>().Single();

    private async Task<int> StatusAsync(string password) =>
        (await _server.SendAsync("GET", "/auth/userinfo", authorization: SandboxServerExtensions.CreateBasicAuthorization(Jane, password))).Status;

    private int CountRequests(string script, bool fails = false)
    {
        int before = _server.RequestCount;
        ScriptResult result = _shell.Run(script);
        result.Errors.Count.ShouldBe(fails ? 1 : 0, string.Join('\n', result.Errors));
        return _server.RequestCount - before;
    }

    private MailOtpSetup EnableOtp()
    {
        MailOtpSetup setup = _shell.Run("($otp = Enable-MailAccountOtp -Prepare)").ShouldHaveNoErrors().OutputAs<MailOtpSetup>().Single();
        _shell.SetVariable("code", Code(setup));
        _shell.Run("$otp | Enable-MailAccountOtp -Code $code -Credential $me").ShouldHaveNoErrors().Warnings.ShouldHaveSingleItem().Message.ShouldContain("app password");
        return setup;
    }

    [Fact]
    public async Task A_new_password_is_the_server_s_to_hash_and_the_connection_lives_on()
    {
        _shell.Run("New-MailAppPassword phone; Set-MailAccountPassword $new -Credential $me").ShouldHaveNoErrors().Warnings.ShouldBeEmpty();
        (await StatusAsync(OtherPassword)).ShouldBe(200);
        (await StatusAsync(Password)).ShouldBe(401);
        // Both of the old tokens have ended: the connection has new ones, also for later.
        Auth().AppPassword.ShouldHaveSingleItem().Name.ShouldBe("phone");
        _server.Clock.Advance(TimeSpan.FromHours(2));
        Auth().OtpEnabled.ShouldBeFalse();
    }

    [Theory]
    [InlineData(Jane)]
    [InlineData("jane")]
    [InlineData("JANE@example.org")]
    public async Task The_login_may_be_any_form_of_the_account_s(string login)
    {
        _shell.SetVariable("me", new PSCredential(login, Secure(Password)));
        _shell.Run("Set-MailAccountPassword $new -Credential $me").ShouldHaveNoErrors();
        (await StatusAsync(OtherPassword)).ShouldBe(200);
    }

    [Theory]
    [InlineData("Set-MailAccountPassword $new -Credential $john")]
    [InlineData("Set-MailAccountPassword $new -Credential $me -HashAlgorithm Bcrypt")]
    [InlineData("Set-MailAccountPassword $new -Credential $empty")]
    [InlineData("New-MailAppPassword phone -HashAlgorithm Bcrypt")]
    [InlineData("New-MailAppPassword phone -HashAlgorithm Bcrypt -WhatIf")]
    [InlineData("New-MailAppPassword phone -AllowedIp 192.0.2.0/99")]
    [InlineData("New-MailAppPassword phone -AllowedIp 1")]
    [InlineData("New-MailAppPassword phone -Expires 2001-01-01")]
    [InlineData("Request-MailOAuthCode -Credential $john")]
    [InlineData("Request-MailOAuthCode -Credential $me -RedirectUri http://127.0.0.1/cb")]
    [InlineData("Approve-MailDeviceCode ABCD-EFGH -Credential $john -Confirm:$false")]
    [InlineData("Request-MailStreamToken Metrics")]
    [InlineData("Request-MailStreamToken Tracing")]
    [InlineData("Set-MailAccountCrypto $pgp -Algorithm Aes256Gcm")]
    public void What_is_refused_by_name_is_not_sent(string script)
    {
        _shell.SetVariable("john", new PSCredential("john@example.org", Secure(Password)));
        _shell.SetVariable("empty", new PSCredential(Jane, new System.Security.SecureString()));
        _shell.SetVariable("pgp", Write("key.asc", "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmQENBGsLskwBCADaEJLu\n-----END PGP PUBLIC KEY BLOCK-----\n"));
        CountRequests(script, fails: true).ShouldBe(0);
    }

    [Fact]
    public void A_wrong_current_password_is_sent_once_and_said_to_be_wrong()
    {
        _shell.SetVariable("wrong", new PSCredential(Jane, Secure("jane walks no road")));
        int before = _server.RequestCount;
        ErrorRecord error = _shell.Run("Set-MailAccountPassword $new -Credential $wrong").Errors.ShouldHaveSingleItem();
        error.FullyQualifiedErrorId.ShouldStartWith("Unauthorized");
        error.ToString().ShouldNotContain("no road");
        // What one-time codes are is read, and the change is asked for.
        (_server.RequestCount - before).ShouldBe(2);
        Auth().OtpEnabled.ShouldBeFalse();
    }

    [Theory]
    [InlineData("Disable-MailAccountOtp -Confirm:$false")]
    [InlineData("Disable-MailAccountOtp -Credential $me -WhatIf")]
    [InlineData("Disable-MailAccountOtp -Credential $wrong -Force")]
    public void Codes_that_are_off_are_said_to_be_so_without_a_password(string script)
    {
        _shell.SetVariable("wrong", new PSCredential(Jane, Secure("jane walks no road")));
        int before = _server.RequestCount;
        string warning = _shell.Run(script).ShouldHaveNoErrors().Warnings.ShouldHaveSingleItem().Message;
        warning.ShouldContain("already switched off");
        warning.ShouldNotContain("was made");
        _shell.HostText.ShouldNotContain("What if");
        (_server.RequestCount - before).ShouldBe(1, "whether they are on is read, and nothing else is sent");
    }

    [Theory]
    [InlineData("$otp = Enable-MailAccountOtp -Prepare; $otp | Enable-MailAccountOtp -Code $code.Invoke($otp) -Credential $wrong")]
    [InlineData("Set-MailAccountPassword $new -Credential $wrong")]
    public void With_a_wrong_password_no_change_is_said_to_be_made_and_no_key_is_spoken_of(string script)
    {
        _shell.SetVariable("wrong", new PSCredential(Jane, Secure("jane walks no road")));
        _shell.SetVariable("code", (Func<MailOtpSetup, string>)Code);
        ScriptResult run = _shell.Run(script);
        run.Warnings.ShouldBeEmpty();
        ErrorRecord error = run.Errors.ShouldHaveSingleItem();
        error.FullyQualifiedErrorId.ShouldStartWith("Unauthorized");
        error.ErrorDetails.RecommendedAction.ShouldBe("Check the current password and the one-time code.");
    }

    [Fact]
    public void Of_app_passwords_there_are_so_many_and_no_more()
    {
        ErrorRecord error = _shell.Run("1..30 | ForEach-Object { $null = New-MailAppPassword \"app $_\" }").Errors[0];
        error.FullyQualifiedErrorId.ShouldStartWith("QuotaExceeded");
        error.ErrorDetails.RecommendedAction.ShouldContain("Remove-MailAppPassword");
        error.ErrorDetails.RecommendedAction.ShouldNotContain("Raise the quota");
    }

    [Fact]
    public void A_weak_password_is_refused_with_the_server_s_reason()
    {
        _shell.SetVariable("weak", Secure("12345678"));
        ErrorRecord error = _shell.Run("Set-MailAccountPassword $weak -Credential $me").Errors.ShouldHaveSingleItem();
        error.FullyQualifiedErrorId.ShouldStartWith("InvalidRequest");
        error.ToString().ShouldContain("too weak");
    }

    [Fact]
    public void A_short_password_is_not_sent_where_the_rule_may_be_read()
    {
        using var admin = HostedShell.CreateConnected(_server);
        admin.SetVariable("password", Secure(Password));
        admin.Run("New-MailPrincipal boss@example.org -Role admin -Password $password").ShouldHaveNoErrors();
        admin.Connect(_server, "boss@example.org", Password);
        admin.SetVariable("short", Secure("short"));
        admin.SetVariable("me", new PSCredential("boss", Secure(Password)));
        foreach (string whatIf in new[] { "", " -WhatIf" })
        {
            int before = _server.RequestCount;
            ErrorRecord error = admin.Run("Set-MailAccountPassword $short -Credential $me" + whatIf).Errors.ShouldHaveSingleItem();
            error.FullyQualifiedErrorId.ShouldStartWith("RejectedByClient");
            error.ToString().ShouldContain("8 bytes");
            (_server.RequestCount - before).ShouldBe(1);
        }
    }

    [Fact]
    public async Task One_time_codes_go_on_after_a_code_was_checked_here_and_off_with_a_code()
    {
        CountRequests("$otp = Enable-MailAccountOtp -Prepare; $otp | Enable-MailAccountOtp -Code 000000 -Credential $me", fails: true).ShouldBe(2, "whether they are on is read, twice, and nothing else is sent");
        (await StatusAsync(Password)).ShouldBe(200);

        MailOtpSetup setup = EnableOtp();
        (await StatusAsync(Password)).ShouldBe(402);
        Auth().OtpEnabled.ShouldBeTrue();
        _shell.Run("Enable-MailAccountOtp -Prepare").Errors.ShouldHaveSingleItem();

        // Nobody is there to be asked for the code: nothing is changed.
        _shell.Run("Disable-MailAccountOtp -Credential $me -Force").Errors.ShouldHaveSingleItem().FullyQualifiedErrorId.ShouldStartWith("TotpRequired");
        _shell.SetVariable("code", Code(setup));
        _shell.Run("Disable-MailAccountOtp -Credential $me -TotpCode $code -Force").ShouldHaveNoErrors();
        (await StatusAsync(Password)).ShouldBe(200);
        Auth().OtpEnabled.ShouldBeFalse();
    }

    [Fact]
    public async Task A_new_password_needs_a_code_where_codes_are_on_and_keeps_them()
    {
        MailOtpSetup setup = EnableOtp();
        _shell.SetVariable("code", Code(setup));
        _shell.Run("Set-MailAccountPassword $new -Credential $me").Errors.ShouldHaveSingleItem().FullyQualifiedErrorId.ShouldStartWith("TotpRequired");
        _shell.Run("Set-MailAccountPassword $new -Credential $me -TotpCode $code").ShouldHaveNoErrors().Warnings.ShouldBeEmpty();
        (await StatusAsync(OtherPassword)).ShouldBe(402);
        Auth().OtpEnabled.ShouldBeTrue();
    }

    [Fact]
    public async Task An_app_password_is_made_by_the_server_and_shown_once()
    {
        MailAppPassword made = _shell.Run("New-MailAppPassword phone -Expires 2099-01-02T03:04:05Z -AllowedIp 192.0.2.0/24, 198.51.100.7").ShouldHaveNoErrors().OutputAs<MailAppPassword>().Single();
        string secret = made.Credential.GetNetworkCredential().Password;
        secret.ShouldStartWith("app_");
        (made.Name, made.Credential.UserName, made.Expires).ShouldBe(("phone", Jane, new DateTimeOffset(2099, 1, 2, 3, 4, 5, TimeSpan.Zero)));
        made.AllowedIp.ShouldBe(["192.0.2.0/24", "198.51.100.7"], ignoreOrder: true);
        made.Created.ShouldNotBeNull();
        MailAppPasswordName listed = Auth().AppPassword.ShouldHaveSingleItem();
        (listed.Id, listed.Name, listed.Expires, listed.Created).ShouldBe((made.Id, "phone", made.Expires, made.Created));
        (await StatusAsync(secret)).ShouldBe(403);
        _shell.Run("New-MailAppPassword tablet").ShouldHaveNoErrors().OutputAs<MailAppPassword>().Single().Credential.GetNetworkCredential().Password.ShouldNotBe(secret);
    }

    [Fact]
    public void Of_two_app_passwords_of_one_name_the_one_that_is_meant_is_removed()
    {
        MailAppPassword[] made = [.. _shell.Run("New-MailAppPassword phone; New-MailAppPassword phone").ShouldHaveNoErrors().OutputAs<MailAppPassword>()];
        string error = _shell.Run("Remove-MailAppPassword phone").Errors.ShouldHaveSingleItem().ToString();
        error.ShouldContain(made[0].Id!);
        error.ShouldContain(made[1].Id!);
        _shell.SetVariable("id", made[0].Id);
        _shell.Run("Remove-MailAppPassword $id").ShouldHaveNoErrors();
        Auth().AppPassword.ShouldHaveSingleItem().Id.ShouldBe(made[1].Id);
        _shell.Run("(Get-MailAccountAuth).AppPassword | Remove-MailAppPassword").ShouldHaveNoErrors();
        Auth().AppPassword.ShouldBeEmpty();
        _shell.Run("Remove-MailAppPassword phone").Errors.ShouldHaveSingleItem().FullyQualifiedErrorId.ShouldStartWith("NotFound");
    }

    // The server gives the id of one that was removed to the next.
    [Fact]
    public void An_object_that_was_read_before_does_not_remove_its_successor()
    {
        _shell.Run("$old = New-MailAppPassword phone; Remove-MailAppPassword phone; $next = New-MailAppPassword laptop; $next.Id -eq $old.Id").ShouldHaveNoErrors().OutputAs<bool>().Single().ShouldBeTrue();
        _shell.Run("$old | Remove-MailAppPassword").Errors.ShouldHaveSingleItem().FullyQualifiedErrorId.ShouldStartWith("NotFound");
        Auth().AppPassword.ShouldHaveSingleItem().Name.ShouldBe("laptop");
    }

    [Fact]
    public void A_sixth_app_password_is_refused_with_the_quota()
    {
        _shell.Run("1..5 | ForEach-Object { New-MailAppPassword phone }").ShouldHaveNoErrors();
        _shell.Run("New-MailAppPassword phone").Errors.ShouldHaveSingleItem().FullyQualifiedErrorId.ShouldStartWith("QuotaExceeded");
    }

    [Fact]
    public void Mail_is_encrypted_with_a_key_that_comes_and_goes_with_the_setting()
    {
        string first = Write("first.pem", TestCertificate.Pem);
        _shell.SetVariable("first", first);
        _shell.SetVariable("second", Write("second.pem", TestCertificate.CreatePem()));
        _shell.Run("Get-MailAccountCrypto").ShouldHaveNoErrors().OutputAs<MailAccountCrypto>().Single().Type.ShouldBe("Disabled");
        MailAccountCrypto set = _shell.Run("Set-MailAccountCrypto $first -Algorithm Aes256Gcm -AllowSpamTraining -PassThru").ShouldHaveNoErrors().OutputAs<MailAccountCrypto>().Single();
        (set.Type, set.Algorithm, set.AllowSpamTraining, set.IsEnabled).ShouldBe(("Smime", "Aes256Gcm", true, true));
        set.CertificateBlock!.Trim().ShouldBe(File.ReadAllText(first).Trim());
        // The same again makes no other key; another one takes the place of the first.
        _shell.Run("Set-MailAccountCrypto $first; Set-MailAccountCrypto $second").ShouldHaveNoErrors();
        CountKeys().ShouldBe(1);
        _shell.Run("Set-MailAccountCrypto -Disable -WhatIf").ShouldHaveNoErrors();
        _shell.Run("Get-MailAccountCrypto").OutputAs<MailAccountCrypto>().Single().IsEnabled.ShouldBeTrue();
        _shell.Run("Set-MailAccountCrypto -Disable -PassThru").ShouldHaveNoErrors().OutputAs<MailAccountCrypto>().Single().IsEnabled.ShouldBeFalse();
        CountKeys().ShouldBe(0);
    }

    [Theory]
    [InlineData("Set-MailAccountPassword $new -Credential $me -WhatIf")]
    [InlineData("Enable-MailAccountOtp -Credential $me -WhatIf")]
    [InlineData("Disable-MailAccountOtp -Credential $me -WhatIf -Force")]
    [InlineData("New-MailAppPassword phone -WhatIf")]
    [InlineData("Remove-MailAppPassword laptop -WhatIf")]
    [InlineData("Set-MailAccountCrypto $certificate -WhatIf")]
    [InlineData("Request-MailOAuthCode -Credential $me -WhatIf")]
    [InlineData("Approve-MailDeviceCode ABCD-EFGH -Credential $me -WhatIf")]
    public async Task WhatIf_changes_nothing(string script)
    {
        _shell.SetVariable("certificate", Write("first.pem", TestCertificate.Pem));
        _shell.Run("New-MailAppPassword laptop").ShouldHaveNoErrors();
        _shell.Run(script).ShouldHaveNoErrors().Output.ShouldBeEmpty();
        (await StatusAsync(Password)).ShouldBe(200);
        MailAccountAuth auth = Auth();
        auth.OtpEnabled.ShouldBeFalse();
        auth.AppPassword.ShouldHaveSingleItem().Name.ShouldBe("laptop");
        _shell.Run("Get-MailAccountCrypto").OutputAs<MailAccountCrypto>().Single().IsEnabled.ShouldBeFalse();
    }

    [Fact]
    public async Task A_code_is_for_login_and_password_and_a_tool_exchanges_it()
    {
        PSObject code = _shell.Run("Request-MailOAuthCode other-tool -Credential $me -Nonce n1").ShouldHaveNoErrors().Output.ShouldHaveSingleItem();
        code.Properties["RedirectUri"].Value.ShouldBe("stalwart://auth");
        string text = new NetworkCredential("", (System.Security.SecureString)code.Properties["Code"].Value).Password;
        CapturedResponse tokens = await _server.GrantAsync($"grant_type=authorization_code&client_id=other-tool&redirect_uri=stalwart%3A%2F%2Fauth&code={text}");
        tokens.Status.ShouldBe(200, tokens.Text);

        // With a challenge the exchange must prove who asked for it.
        _shell.SetVariable("challenge", new string('a', 43));
        PSObject bound = _shell.Run("Request-MailOAuthCode other-tool -Credential $me -RedirectUri http://127.0.0.1/cb -CodeChallenge $challenge").ShouldHaveNoErrors().Output.ShouldHaveSingleItem();
        string second = new NetworkCredential("", (System.Security.SecureString)bound.Properties["Code"].Value).Password;
        (await _server.GrantAsync($"grant_type=authorization_code&client_id=other-tool&redirect_uri=http%3A%2F%2F127.0.0.1%2Fcb&code={second}")).Status.ShouldBe(400);
    }

    [Fact]
    public void A_code_with_one_time_codes_on_needs_one()
    {
        _shell.SetVariable("code", Code(EnableOtp()));
        _shell.Run("Request-MailOAuthCode -Credential $me").Errors.ShouldHaveSingleItem().FullyQualifiedErrorId.ShouldStartWith("TotpRequired");
        _shell.Run("Request-MailOAuthCode -Credential $me -TotpCode $code").ShouldHaveNoErrors().Output.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_device_is_approved_for_login_and_password()
    {
        string first = await StartDeviceAsync();
        _shell.SetVariable("userCode", first);
        _shell.Run("Approve-MailDeviceCode $userCode -Credential $me -Confirm:$false").ShouldHaveNoErrors();
        _shell.Run("Approve-MailDeviceCode $userCode -Credential $me -Confirm:$false").Errors.ShouldHaveSingleItem().FullyQualifiedErrorId.ShouldStartWith("DeviceCodeNotFound");

        // Who sends several codes with a wrong password sends that once.
        _shell.SetVariable("wrong", new PSCredential(Jane, Secure("jane walks no road")));
        int before = _server.RequestCount;
        _shell.Run("'ABCD-EFGH', 'ABCD-EFGI' | Approve-MailDeviceCode -Credential $wrong -Confirm:$false").Errors.ShouldHaveSingleItem().FullyQualifiedErrorId.ShouldStartWith("Unauthorized");
        (_server.RequestCount - before).ShouldBe(1);
    }

    [Fact]
    public void A_token_opens_the_stream_of_delivery_tests()
    {
        using var admin = HostedShell.CreateConnected(_server);
        PSObject token = admin.Run("Request-MailStreamToken Troubleshooting").ShouldHaveNoErrors().Output.ShouldHaveSingleItem();
        new NetworkCredential("", (System.Security.SecureString)token.Properties["Token"].Value).Password.Length.ShouldBeGreaterThan(20);
        _shell.Run("Request-MailStreamToken Troubleshooting").Errors.ShouldHaveSingleItem().FullyQualifiedErrorId.ShouldStartWith("Forbidden");
    }

    [Theory]
    [InlineData("Metrics", "metrics")]
    [InlineData("Tracing", "traces")]
    public async Task With_a_licence_so_do_those_of_the_other_streams(string purpose, string feature)
    {
        using var licensed = HostedShell.CreateConnected(new SandboxServer(new SandboxOptions { Empty = true, ServerVersion = "0.16", Enterprise = true, AdminPassword = HostedShell.SandboxPassword }));
        PSObject token = licensed.Run($"Request-MailStreamToken {purpose}").ShouldHaveNoErrors().Output.ShouldHaveSingleItem();
        new NetworkCredential("", (System.Security.SecureString)token.Properties["Token"].Value).Password.Length.ShouldBeGreaterThan(20);

        // The licence ended while the connection was open.
        var server = new FakeJmapServer { Edition = "enterprise", Intercept = request => request.Uri.AbsolutePath.StartsWith("/api/token/", StringComparison.Ordinal) ? TestResponses.Problem(404, "Not Found") : null };
        using MailClient client = await server.ConnectAsync();
        MailServerException e = await Should.ThrowAsync<MailServerException>(client.OAuth.RequestStreamTokenAsync(Enum.Parse<StreamPurpose>(purpose), TestContext.Current.CancellationToken));
        e.Code.ShouldBe(MailErrorCode.Unsupported);
        e.Message.ShouldContain($"no token for {feature}, which are part of Stalwart Enterprise");
        e.Message.ShouldNotContain("0.16");
    }

    [Theory]
    [InlineData("Get-MailAccountAuth")]
    [InlineData("Get-MailAccountCrypto")]
    [InlineData("New-MailAppPassword phone")]
    [InlineData("New-MailAppPassword phone -WhatIf")]
    [InlineData("Remove-MailAppPassword phone")]
    [InlineData("Enable-MailAccountOtp -Prepare")]
    [InlineData("Disable-MailAccountOtp -Credential $me -Force")]
    [InlineData("Set-MailAccountPassword $new -Credential $me")]
    [InlineData("Set-MailAccountPassword $new -Credential $me -WhatIf")]
    [InlineData("Set-MailAccountCrypto -Disable")]
    public async Task The_recovery_administrator_has_nothing_of_this_and_hears_so(string script)
    {
        var server = new FakeJmapServer { PrimaryAccounts = """{"urn:stalwart:jmap":"d333333"}""" };
        using MailClient client = await server.ConnectAsync();
        using var shell = new HostedShell();
        shell.Connect(client);
        shell.SetVariable("me", new PSCredential("admin", Secure("secret")));
        shell.SetVariable("new", Secure(OtherPassword));
        int before = server.Server.AllRequests.Count;
        shell.Run(script).Errors.ShouldHaveSingleItem().ToString().ShouldContain("recovery administrator");
        server.Server.AllRequests.Count.ShouldBe(before);
    }

    private async Task<string> StartDeviceAsync() =>
        (await _server.SendAsync("POST", "/auth/device", "client_id=phone", authorization: null, contentType: "application/x-www-form-urlencoded")).Json.GetProperty("user_code").GetString()!;

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    private int CountKeys() =>
        _server.SendAsync(
            "POST", "/jmap", """{"using":["urn:ietf:params:jmap:core","urn:stalwart:jmap"],"methodCalls":[["x:PublicKey/get",{"ids":null},"0"]]}""",
            SandboxServerExtensions.CreateBasicAuthorization(Jane, Password), contentType: "application/json").GetAwaiter().GetResult().Json.GetProperty("methodResponses")[0][1].GetProperty("list").GetArrayLength();
}
