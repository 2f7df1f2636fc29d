// What a server from 0.16 on takes of objects without a word, and does harm: it is refused or said, and what is written is put into force (docs/api-0.16.md §11).
using System.Collections;
using System.Management.Automation;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MailAdmin.Client;
using MailAdmin.Client.Api.Objects;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Objects;

public sealed class ObjectTrapTests : IDisposable
{
    private const string Mask = "****";
    private const string Password = "jane walks a made-up road";
    private static readonly ObjectSchema s_schema = SandboxSchema.Value;
    private readonly SandboxServer _server = new(new SandboxOptions { Empty = true, ServerVersion = "0.16", AdminPassword = HostedShell.SandboxPassword, TreatCallersAsLoopback = false });
    private readonly HostedShell _shell;
    private int _failures;

    public ObjectTrapTests()
    {
        _shell = HostedShell.CreateConnected(_server);
        // A host of its default does not resolve here, and so stops every reload of the settings.
        _shell.Run("Set-MailObject SpamPyzor -Property @{ enable = $false } -NoReload").ShouldHaveNoErrors();
        _shell.SetVariable("password", new NetworkCredential("", Password).SecurePassword);
        _shell.Run("$domain = (Get-MailObject Domain).Id; New-MailPrincipal jane@example.org -Password $password; $jane = (Get-MailObject Account -Filter @{ name = 'jane' }).Id; New-MailPrincipal Desk -Type Role -EnabledPermission authenticate; $desk = (Get-MailObject Role -Filter @{ description = 'Desk' }).Id")
            .ShouldHaveNoErrors();
    }

    public void Dispose() => _shell.Dispose();

    // Whatever property of whatever it stands in, also one that is not a secret: what the server sends for a secret is never a value.
    [Fact]
    public void What_stands_for_a_hidden_secret_is_written_nowhere()
    {
        (ObjectShape Shape, PropertySchema Property)[] all = [.. s_schema.Types.Select(type => type.Shape).Concat(s_schema.Shapes).SelectMany(shape => shape.Properties.Select(property => (shape, property)))];
        all.Count(each => each.Property.Type.Kind == ValueKind.Secret).ShouldBeGreaterThan(20);
        foreach ((ObjectShape shape, PropertySchema property) in all)
        {
            foreach (object value in (object[])[Mask, HiddenSecret.Value, new NetworkCredential("", Mask).SecurePassword])
            {
                Should.Throw<MailServerException>(() => new ObjectWriter(s_schema).Write(property.Type, value, property.Name), $"{shape.Name}.{property.Name}").Code.ShouldBe(MailErrorCode.RejectedByClient);
            }
        }
    }

    [Fact]
    public void No_singleton_is_created_and_no_unknown_property_is_sent()
    {
        foreach (TypeSchema type in s_schema.Types.Where(type => type.IsSingleton))
        {
            Error($"New-MailObject {type.Name} @{{ }}").Message.ShouldContain($"Set-MailObject {type.Name}");
        }
        foreach (TypeSchema type in s_schema.Types)
        {
            IDictionary values = type.Shape.HasVariants ? new Hashtable { ["@type"] = type.Shape.Variants.First(), ["noSuchProperty"] = 1 } : new Hashtable { ["noSuchProperty"] = 1 };
            Should.Throw<MailServerException>(() => new ObjectWriter(s_schema).WriteNew(type, values), type.Name).Field.ShouldBe("noSuchProperty");
        }
        Sets().ShouldBeEmpty();
    }

    // Read by hand from the contract: what acts at once, and what has an action of its own. Whatever else there is is a setting.
    [Fact]
    public void Every_type_is_in_force_at_once_or_has_its_action()
    {
        string[] immediate = ["Account", "MailingList", "Domain", "Role", "Tenant", "OAuthClient", "DkimSignature", "AccountPassword", "AppPassword", "ApiKey", "PublicKey", "QueuedMessage", "Task", "AccountSettings"];
        foreach (string type in immediate)
        {
            ObjectReloads.Find(type).ShouldBeNull(type);
        }
        string?[] actions = [.. s_schema.Types.Select(type => ObjectReloads.Find(type.Name)).Distinct()];
        IEnumerable<string> known = s_schema.Get("Action").Shape.Variants;
        actions.OfType<string>().Where(action => action != ObjectReloads.Restart).Except(known).ShouldBeEmpty();
        ObjectReloads.Find("BlockedIp").ShouldBe("ReloadBlockedIps");
        ObjectReloads.Find("AllowedIp").ShouldBe("ReloadSettings");
        ObjectReloads.Find("Certificate").ShouldBe("ReloadTlsCertificates");
        ObjectReloads.Find("MemoryLookupKey").ShouldBe("ReloadLookupStores");
        ObjectReloads.Find("NetworkListener").ShouldBe(ObjectReloads.Restart);
        s_schema.Types.Where(type => type.IsSingleton && type.Name.StartsWith("Mta", StringComparison.Ordinal)).ShouldAllBe(type => ObjectReloads.Find(type.Name) == ObjectReloads.Settings);
    }

    [Fact]
    public async Task A_ban_acts_and_ends_at_once_and_its_end_says_what_goes_on_counting()
    {
        _shell.Run("$net = New-MailObject BlockedIp @{ address = '192.0.2.54' }").ShouldHaveNoErrors();
        (await IsServedAsync()).ShouldBeFalse();
        _shell.Run("$net | Remove-MailObject -Force").ShouldHaveNoErrors().Warnings.ShouldBeEmpty("who bans by hand counts nothing");
        (await IsServedAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task A_lifted_ban_of_the_server_s_own_comes_back_unless_the_counters_are_reset_and_that_is_said()
    {
        for (int i = 0; i < 101; i++)
        {
            await FailAsync();
        }
        (await IsServedAsync()).ShouldBeFalse();
        string warning = _shell.Run("Get-MailObject BlockedIp | Remove-MailObject -Force").ShouldHaveNoErrors().Warnings.ShouldHaveSingleItem().Message;
        warning.ShouldContain("the next wrong password bans the address again");
        (await IsServedAsync()).ShouldBeTrue();
        await FailAsync();
        (await IsServedAsync()).ShouldBeFalse();

        // As the warning says it is done.
        _shell.Run("Get-MailObject BlockedIp | Remove-MailObject -Force").ShouldHaveNoErrors();
        _shell.Run(warning[warning.IndexOf("New-MailObject Task", StringComparison.Ordinal)..(warning.IndexOf('}', StringComparison.Ordinal) + 1)]).ShouldHaveNoErrors();
        _server.Clock.Advance(TimeSpan.FromSeconds(5));
        await IsServedAsync();
        await FailAsync();
        (await IsServedAsync()).ShouldBeTrue();
    }

    [Fact]
    public void A_role_on_itself_is_refused_also_as_an_object() => ShouldBeRefused("Set-MailObject Role $desk -Property @{ roleIds = $desk }", "RejectedByClient", "a role on itself");

    [Theory]
    [InlineData("New-MailObject Account @{ '@type' = 'User'; name = 'joe'; domainId = $domain; roles = @{ '@type' = 'Custom'; roleIds = 'zzz' } }")]
    [InlineData("Set-MailObject Account $jane -Property @{ roles = @{ '@type' = 'Custom'; roleIds = $desk, 'zzz' } }")]
    [InlineData("New-MailObject Role @{ description = 'Help'; roleIds = 'zzz' }")]
    [InlineData("Set-MailObject Role $desk -Property @{ roleIds = 'zzz' }")]
    public void A_role_that_is_not_there_is_told(string script) => ShouldBeRefused(script, "NotFound", "no Role with the id 'zzz'");

    [Fact]
    public void A_name_of_another_domain_is_no_alias_and_an_alias_is_in_force_when_the_caches_are_empty()
    {
        _shell.Run("New-MailPrincipal example.net -Type Domain").ShouldHaveNoErrors();
        ShouldBeRefused("Set-MailObject Domain $domain -Property @{ aliases = 'other.test', 'EXAMPLE.net' }", "AlreadyExists", "a name of the domain 'example.net' already");
        _shell.Run("Set-MailObject Domain $domain -Property @{ aliases = 'other.test' }").ShouldHaveNoErrors();
        Actions().ShouldBe(["InvalidateCaches"]);
        ShouldBeRefused("New-MailObject Domain @{ name = 'third.test'; aliases = 'other.test'; dkimManagement = 'Manual' }", "AlreadyExists", "a name of the domain 'example.org' already");
        ShouldBeRefused("New-MailObject Domain @{ name = 'other.test'; dkimManagement = 'Manual' }", "AlreadyExists", "a name of the domain 'example.org' already");
        // Its own names are not in the way, and other changes of a domain act at once.
        _shell.Run("Set-MailObject Domain $domain -Property @{ aliases = 'other.test', 'more.test' }; Set-MailObject Domain $domain -Property @{ description = 'x' }").ShouldHaveNoErrors();
        Actions().ShouldBe(["InvalidateCaches", "InvalidateCaches"]);
    }

    [Theory]
    [InlineData("New-MailObject Domain @{ name = 'new.test' }", "makes DKIM keys for the domain")]
    [InlineData("New-MailObject Domain @{ name = 'new.test'; dkimManagement = 'Automatic' }", "makes DKIM keys for the domain")]
    [InlineData("New-MailObject Domain @{ name = 'new.test'; dkimManagement = 'Manual' }", null)]
    [InlineData("New-MailObject Domain @{ name = 'new.test'; dkimManagement = 'Manual'; isEnabled = $false }", "acts on it nowhere")]
    [InlineData("Set-MailObject Domain $domain -Property @{ isEnabled = $false }", "acts on it nowhere")]
    [InlineData("New-MailObject Role @{ description = 'Help'; enabledPermissions = 'sysAccountUpdate' }", "also that of an administrator")]
    [InlineData("Set-MailObject Role $desk -Property @{ enabledPermissions = 'authenticate', 'sysAccountUpdate' }", "also that of an administrator")]
    [InlineData("Set-MailObject Account $jane -Property @{ permissions = @{ '@type' = 'Merge'; enabledPermissions = 'sysAccountUpdate' } }", "defaults of Merge|also that of an administrator")]
    [InlineData("Set-MailObject Role $desk -Property @{ enabledPermissions = 'authenticate', 'emailSend' }", null)]
    [InlineData("Set-MailObject Account $jane -Property @{ roles = @{ '@type' = 'Custom'; roleIds = $desk } }", "defaults of Custom|stand in place of the role of users")]
    [InlineData("New-MailObject Account @{ '@type' = 'Group'; name = 'staff'; domainId = $domain; roles = @{ '@type' = 'Custom'; roleIds = $desk } }", null)]
    public void What_the_server_does_besides_is_said(string script, string? said)
    {
        string[] warnings = [.. _shell.Run(script).ShouldHaveNoErrors().Warnings.Select(warning => warning.Message)];
        string[] expected = said?.Split('|') ?? [];
        warnings.Length.ShouldBe(expected.Length, string.Join('\n', warnings));
        foreach (string words in expected)
        {
            warnings.ShouldContain(warning => warning.Contains(words));
        }
    }

    [Fact]
    public void A_certificate_with_the_key_of_another_is_refused()
    {
        _shell.SetVariable("certificate", CreateCertificate(out string key, out _));
        _shell.SetVariable("key", key);
        _shell.SetVariable("rsa", CreateCertificate(out _, out _, isRsa: true));
        CreateCertificate(out string other, out _);
        _shell.SetVariable("other", other);
        const string New = "New-MailObject Certificate @{{ certificate = @{{ '@type' = 'Text'; value = ${0} }}; privateKey = @{{ '@type' = 'Text'; secret = ${1} }} }}";
        ShouldBeRefused(string.Format(null, New, "certificate", "other"), "RejectedByClient", "does not belong to the certificate");
        _shell.Run("$made = " + string.Format(null, New, "certificate", "key")).ShouldHaveNoErrors().Warnings.ShouldBeEmpty();
        ShouldBeRefused("$made | Set-MailObject -Property @{ certificate = @{ value = $rsa }; privateKey = @{ secret = $other } }", "RejectedByClient", "does not belong");
        _shell.Run("$made | Set-MailObject -Property @{ certificate = @{ value = $rsa } } -WhatIf").ShouldHaveNoErrors().Warnings.ShouldHaveSingleItem().Message.ShouldContain("does not show the private key");
    }

    [Fact]
    public void A_selector_that_the_domain_has_is_refused_also_as_an_object()
    {
        _shell.Run("New-MailDkimSignature example.org -Selector s1 -Algorithm Ed25519").ShouldHaveNoErrors();
        _shell.SetVariable("key", new NetworkCredential("", "a private key").SecurePassword);
        ShouldBeRefused("New-MailObject DkimSignature @{ '@type' = 'Dkim1Ed25519Sha256'; domainId = $domain; selector = 'S1'; privateKey = @{ '@type' = 'Text'; secret = $key } }", "AlreadyExists", "the selector 's1' already");
    }

    [Theory]
    [InlineData("New-MailObject MailingList @{ name = 'news'; domainId = $domain; recipients = 'ann@else.test', 'not an address' }")]
    [InlineData("New-MailObject MailingList @{ name = 'news'; domainId = $domain; recipients = '123' }")]
    public void What_is_no_address_becomes_no_recipient(string script) => ShouldBeRefused(script, "RejectedByClient", "is no address");

    [Fact]
    public void The_question_before_an_account_is_removed_as_an_object_says_that_its_mail_goes()
    {
        _shell.Choice = 0;
        _shell.Run("Remove-MailObject Account $jane").ShouldHaveNoErrors();
        _shell.Questions.ShouldHaveSingleItem().ShouldContain("all mail of the account is deleted with it");
    }

    [Fact]
    public void What_somebody_else_has_changed_in_the_meantime_is_compared_anew()
    {
        _shell.Run("$http = Get-MailObject Http; Set-MailObject Http -Property @{ redirectRoot = '/x' }").ShouldHaveNoErrors();
        int before = Sets().Length;
        _shell.Run("$http | Set-MailObject -Property @{ redirectRoot = '/x' }").ShouldHaveNoErrors();
        Sets().Length.ShouldBe(before, "it is so already, whatever the object that was read before says");
        _shell.Run("$http | Set-MailObject -Property @{ redirectRoot = $http.redirectRoot } -WhatIf").ShouldHaveNoErrors();
        _shell.HostText.ShouldContain("redirectRoot: /x → /account");
    }

    [Theory]
    [InlineData("Invoke-MailApi jmap -Method Post -Body @{ using = @('urn:stalwart:jmap'); methodCalls = @() }")]
    [InlineData("Invoke-MailApi /jmap -Method Post -Body '{}'")]
    [InlineData("Invoke-MailApi ../jmap -Method Post -Body '{}'")]
    public void Free_JSON_does_not_get_into_a_batch(string script)
    {
        int before = _server.RequestCount;
        Error(script);
        _server.RequestCount.ShouldBe(before);
    }

    private void ShouldBeRefused(string script, string code, string words)
    {
        int before = Sets().Length;
        foreach (string whatIf in (string[])["", " -WhatIf"])
        {
            ErrorRecord error = _shell.Run(script + whatIf).Errors.ShouldHaveSingleItem();
            error.FullyQualifiedErrorId.ShouldStartWith(code + ",");
            error.Exception.Message.ShouldStartWith("Nothing was sent: ");
            error.Exception.Message.ShouldContain(words);
        }
        Sets().Length.ShouldBe(before);
    }

    private Exception Error(string script) => _shell.Run(script).Errors.ShouldHaveSingleItem().Exception;

    private string[] Sets() => [.. _shell.JmapRequests.SelectMany(request => request.Calls).Select(call => call.Method).Where(method => method.EndsWith("/set", StringComparison.Ordinal)).Skip(3)];

    private string[] Actions() => [.. _shell.JmapRequests.SelectMany(request => request.Calls).Where(call => call.Method == "x:Action/set").Select(call => call.Arguments.GetProperty("create").EnumerateObject().Single().Value.GetProperty("@type").GetString()!)];

    // From outside: loopback is never banned.
    private async Task<bool> IsServedAsync() => (await SendAsync(Password)).Status == 200;

    // The same wrong password twice counts once.
    private async Task FailAsync() => await SendAsync($"wrong{_failures++}");

    private Task<CapturedResponse> SendAsync(string password) =>
        _server.SendAsync("GET", "/auth/userinfo", authorization: SandboxServerExtensions.CreateBasicAuthorization("jane@example.org", password), from: JmapSandbox.Outside);

    private static string CreateCertificate(out string key, out string subject, bool isRsa = false)
    {
        subject = "CN=mx.example.org";
        using AsymmetricAlgorithm pair = isRsa ? RSA.Create(2048) : ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = pair is RSA rsa ? new CertificateRequest(subject, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1) : new CertificateRequest(subject, (ECDsa)pair, HashAlgorithmName.SHA256);
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        key = pair.ExportPkcs8PrivateKeyPem();
        return certificate.ExportCertificatePem();
    }
}
