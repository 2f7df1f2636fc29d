// DKIM and DNS cmdlets against the sandbox: what they make and show, and that no private key ever comes out.
using System.Management.Automation;
using System.Text;
using MailAdmin.Client;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Dkim;

public sealed class DkimAndDnsCmdletTests : IDisposable
{
    private readonly SandboxServer _server = HostedShell.CreateServer();
    private readonly HostedShell _shell;

    public DkimAndDnsCmdletTests() => _shell = HostedShell.CreateConnected(_server);

    public void Dispose() => _shell.Dispose();

    private string Month => _server.Clock.GetUtcNow().ToString("yyyyMM", System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public void A_new_signature_says_what_to_publish_and_the_server_wants_the_same()
    {
        ScriptResult run = _shell.Run("New-MailDkimSignature example.org").ShouldHaveNoErrors();
        MailDkimSignature made = run.OutputAs<MailDkimSignature>().Single();
        (made.Id, made.Domain, made.Selector, made.Algorithm).ShouldBe(("rsa-example.org", "example.org", Month + "r", DkimAlgorithm.Rsa));
        run.Warnings.ShouldBeEmpty();
        MailDnsRecord[] wanted = _shell.Run("Get-MailDnsRecord example.org").ShouldHaveNoErrors().OutputAs<MailDnsRecord>();
        wanted.ShouldContain(made.DnsRecord!);
        _server.RequestLog.ShouldNotContain(line => line.Contains("reload", StringComparison.Ordinal));
    }

    [Fact]
    public void Selector_id_and_algorithm_are_as_given_and_domains_come_by_pipeline()
    {
        MailDkimSignature[] made = _shell.Run("Get-MailPrincipal example.org | New-MailDkimSignature -Algorithm Ed25519 -Selector s2 -Id second; [pscustomobject]@{ Domain = 'Example.ORG.' } | New-MailDkimSignature -Algorithm Ed25519")
            .ShouldHaveNoErrors().OutputAs<MailDkimSignature>();
        made.Select(s => (s.Id, s.Selector, s.Domain)).ShouldBe([("second", "s2", "example.org"), ("ed25519-example.org", Month + "e", "example.org")]);
        Convert.FromBase64String(made[0].PublicKey!).Length.ShouldBe(32);
    }

    // Whoever publishes them pastes them into a zone, which has no letters of other alphabets.
    [Theory]
    [InlineData("müller.example", "müller.example")]
    [InlineData("xn--mller-kva.example", "müller.example")]
    [InlineData("müller.example", "xn--mller-kva.example")]
    [InlineData("пример.рф", "пример.рф")]
    public void Records_of_a_domain_of_another_alphabet_are_shown_as_zones_hold_them(string onServer, string given)
    {
        string ascii = DomainName.ToAscii(onServer);
        MailDkimSignature made = _shell.Run($"$null = New-MailPrincipal {onServer} -Type Domain; New-MailDkimSignature {given} -Selector s1 -Algorithm Ed25519").ShouldHaveNoErrors().OutputAs<MailDkimSignature>().Single();
        made.Domain.ShouldBe(onServer);
        made.DnsRecord!.Name.ShouldBe($"s1._domainkey.{ascii}.");
        MailDnsRecord[] records = _shell.Run($"Get-MailDnsRecord {given}").ShouldHaveNoErrors().OutputAs<MailDnsRecord>();
        records.ShouldContain(made.DnsRecord);
        records.ShouldAllBe(record => record.Name.EndsWith($"{ascii}.", StringComparison.Ordinal));
        string[] published = [.. records.Append(made.DnsRecord).Concat(_shell.Run($"Get-MailDkimSignature {given}").ShouldHaveNoErrors().OutputAs<MailDkimSignature>().Select(signature => signature.DnsRecord!))
            .SelectMany(record => new[] { record.Name, record.Content, record.ToString(), record.ToZoneLine() })];
        published.ShouldAllBe(text => Ascii.IsValid(text));
        _shell.Run($"Get-MailDnsRecord {given} -AsZone").OutputAs<string>().ShouldAllBe(text => Ascii.IsValid(text));
    }

    [Fact]
    public void A_domain_the_server_does_not_have_gets_its_signature_and_a_warning()
    {
        ScriptResult run = _shell.Run("New-MailDkimSignature exmaple.org -Algorithm Ed25519; Get-MailDnsRecord exmaple.org | ForEach-Object Type").ShouldHaveNoErrors();
        run.Warnings.Select(w => w.Message).ShouldAllBe(m => m.Contains("'exmaple.org'", StringComparison.Ordinal));
        run.Warnings.Count.ShouldBe(2);
    }

    [Fact]
    public void Reload_is_asked_for_once_at_the_end_and_its_errors_are_errors()
    {
        ScriptResult run = _shell.Run("'example.org', 'example.net' | New-MailDkimSignature -Algorithm Ed25519 -Reload");
        run.Output.Count.ShouldBe(2);
        ErrorRecord error = run.Errors.ShouldHaveSingleItem();
        error.FullyQualifiedErrorId.ShouldStartWith("InvalidSetting");
        error.ToString().ShouldContain("spam-filter.pyzor.host");
        _server.RequestLog.Count(line => line == "GET /api/reload").ShouldBe(1);
    }

    [Fact]
    public void The_private_key_of_a_taken_id_shows_nowhere()
    {
        _shell.Run("New-MailDkimSignature example.org").ShouldHaveNoErrors();
        ScriptResult run = _shell.Run("""
            $VerbosePreference = $DebugPreference = 'Continue'
            $ErrorView = 'DetailedView'
            New-MailDkimSignature example.org
            """);
        ErrorRecord error = run.Errors.ShouldHaveSingleItem();
        error.FullyQualifiedErrorId.ShouldStartWith("AlreadyExists");
        error.TargetObject.ShouldBe("example.org");
        error.ErrorDetails.RecommendedAction.ShouldContain("-Id");
        string everything = string.Join('\n', new object?[] { error.Exception, error.Exception.InnerException, error.ErrorDetails, error.ToString() }.Concat(run.Verbose));
        for (Exception? e = error.Exception; e is not null; e = e.InnerException)
        {
            everything += e + string.Join('\n', e.GetType().GetProperties().Where(p => p.GetIndexParameters().Length == 0).Select(p => p.GetValue(e)));
        }
        everything.ShouldContain("rsa-example.org");
        everything.ShouldNotContain("PRIVATE KEY");
    }

    [Fact]
    public void Get_never_asks_for_private_keys_and_finds_by_domain_and_id()
    {
        ScriptResult made = _shell.Run("New-MailDkimSignature example.org; New-MailDkimSignature example.net -Algorithm Ed25519 -Id net").ShouldHaveNoErrors();
        // The server, as installed, signs with no signature of another name.
        made.Warnings[0].Message.ShouldContain("'rsa-example.net' and 'ed25519-example.net' alone. With 'net'");
        int before = _server.RequestCount;
        Ids("Get-MailDkimSignature").ShouldBe(["net", "rsa-example.org"]);
        Ids("Get-MailDkimSignature example.net").ShouldBe(["net"]);
        Ids("Get-MailDkimSignature *.ORG").ShouldBe(["rsa-example.org"]);
        Ids("Get-MailDkimSignature -Id net, rsa-*").ShouldBe(["net", "rsa-example.org"]);
        Ids("Get-MailPrincipal -Type Domain | Get-MailDkimSignature").ShouldBe(["rsa-example.org"]);
        _shell.Run("Get-MailDkimSignature net -ErrorAction SilentlyContinue; Get-MailDkimSignature -Id nope").Errors[^1].FullyQualifiedErrorId.ShouldStartWith("NotFound");
        // Whole groups and lists of settings would bring the private keys along.
        _server.RequestLog.Skip(before).Where(line => line.Contains("/settings/", StringComparison.Ordinal))
            .ShouldAllBe(line => line.Contains("&field=", StringComparison.Ordinal) || line.Contains("/settings/keys?keys=signature.", StringComparison.Ordinal));
        MailDkimSignature got = _shell.Run("Get-MailDkimSignature -Id net").ShouldHaveNoErrors().OutputAs<MailDkimSignature>().Single();
        got.DnsRecord!.Name.ShouldBe($"{Month}e._domainkey.example.net.");
        string shown = _shell.Render("Get-MailDkimSignature");
        shown.ShouldContain("_domainkey.example.org. TXT v=DKIM1; k=rsa");
        shown.ShouldNotContain("PRIVATE");
    }

    [Fact]
    public void A_signature_without_a_usable_key_is_shown_with_a_warning()
    {
        _shell.Run("New-MailDkimSignature example.org; Set-MailSetting signature.rsa-example.org.private-key broken").ShouldHaveNoErrors();
        ScriptResult run = _shell.Run("Get-MailDkimSignature").ShouldHaveNoErrors();
        run.OutputAs<MailDkimSignature>().Single().DnsRecord.ShouldBeNull();
        run.Warnings.ShouldHaveSingleItem().Message.ShouldContain("rsa-example.org");
    }

    [Fact]
    public void A_signature_whose_key_may_not_be_read_is_made_all_the_same()
    {
        _shell.Run("New-MailPrincipal maker -Type Role -EnabledPermission authenticate, authenticate-oauth, dkim-signature-create; [pscustomobject]@{ Name = 'mark'; Password = 'a row may'; Role = 'maker' } | New-MailPrincipal").ShouldHaveNoErrors();
        using var limited = HostedShell.CreateConnected(_server, "mark", "a row may");
        ScriptResult run = limited.Run("New-MailDkimSignature example.org -Algorithm Ed25519").ShouldHaveNoErrors();
        run.OutputAs<MailDkimSignature>().Single().PublicKey.ShouldBeNull();
        run.Warnings.ShouldHaveSingleItem().Message.ShouldContain("was created");
        Ids("Get-MailDkimSignature").ShouldBe(["ed25519-example.org"]);
    }

    [Theory]
    [InlineData("New-MailDkimSignature ''")]
    [InlineData("New-MailDkimSignature $undefined")]
    [InlineData("New-MailDkimSignature ' '")]
    [InlineData("New-MailDkimSignature '*'")]
    [InlineData("New-MailDkimSignature 'ex*.org'")]
    [InlineData("New-MailDkimSignature jane@example.org")]
    [InlineData("New-MailDkimSignature 'exam ple.org'")]
    [InlineData("New-MailDkimSignature example.org -Selector 'a b'")]
    [InlineData("New-MailDkimSignature example.org -Selector ' '")]
    [InlineData("New-MailDkimSignature example.org -Id '*'")]
    [InlineData("New-MailDkimSignature example.org -Id ' '")]
    [InlineData("New-MailDkimSignature example.org -Algorithm Dsa")]
    [InlineData("Get-MailDnsRecord ''")]
    [InlineData("Get-MailDnsRecord '*'")]
    [InlineData("Get-MailDnsRecord jane@example.org")]
    [InlineData("42 | Get-MailDnsRecord")]
    [InlineData("Get-MailConnection | New-MailDkimSignature")]
    [InlineData("Get-MailDkimSignature ''")]
    [InlineData("Get-MailDkimSignature -Id ' '")]
    public void What_names_nothing_is_refused_before_anything_is_sent(string script)
    {
        int before = _server.RequestCount;
        ScriptResult run = _shell.Run(script);
        run.Errors.ShouldHaveSingleItem();
        run.Output.ShouldBeEmpty();
        _server.RequestCount.ShouldBe(before);
    }

    [Fact]
    public void WhatIf_only_reads()
    {
        int before = _server.RequestCount;
        _shell.Run("New-MailDkimSignature example.org -WhatIf").ShouldHaveNoErrors().Output.ShouldBeEmpty();
        _server.RequestLog.Skip(before).ShouldAllBe(line => line.StartsWith("GET ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_principal_that_is_no_domain_is_an_error_for_itself_alone()
    {
        _shell.Run("New-MailPrincipal staff -Type Group").ShouldHaveNoErrors();
        ScriptResult run = _shell.Run("Get-MailPrincipal staff, example.org | New-MailDkimSignature -Algorithm Ed25519");
        run.OutputAs<MailDkimSignature>().Single().Domain.ShouldBe("example.org");
        run.Errors.ShouldHaveSingleItem().ToString().ShouldContain("'staff' is of type Group");
    }

    [Fact]
    public void Records_are_shown_as_a_table_and_written_as_a_zone()
    {
        _shell.Run("New-MailDkimSignature example.org").ShouldHaveNoErrors();
        _shell.Render("Get-MailDnsRecord example.org").ShouldContain("10 mx.example.org.");
        string zone = _shell.Run("Get-MailDkimSignature | Get-MailDnsRecord -AsZone").ShouldHaveNoErrors().OutputAs<string>().Single();
        zone.ShouldStartWith("; Mail records of example.org\n");
        zone.ShouldContain("example.org.\tIN\tMX\t10 mx.example.org.\n");
        zone.ShouldContain("_dmarc.example.org.\tIN\tTXT\t\"v=DMARC1; p=reject; rua=mailto:postmaster@example.org; ruf=mailto:postmaster@example.org\"\n");
        // 410 characters of an RSA key do not fit into one string.
        zone.Split('\n').Single(line => line.Contains("._domainkey.", StringComparison.Ordinal)).ShouldContain("\" \"");
    }

    [Fact]
    public void Domains_and_ids_complete()
    {
        _shell.Run("New-MailDkimSignature example.org").ShouldHaveNoErrors();
        Completions("New-MailDkimSignature ex").ShouldBe(["example.org"]);
        Completions("Get-MailDnsRecord -Domain ").ShouldBe(["example.org"]);
        Completions("Get-MailDkimSignature -Id r").ShouldBe(["rsa-example.org"]);
        int before = _server.RequestCount;
        Completions("Get-MailDkimSignature -Id ").ShouldBe(["rsa-example.org"]);
        _server.RequestCount.ShouldBe(before);
        using var silent = new HostedShell();
        silent.Run("[System.Management.Automation.CommandCompletion]::CompleteInput('Get-MailDkimSignature -Id r', 27, $null).CompletionMatches").ShouldHaveNoErrors().Output.ShouldBeEmpty();
    }

    private string[] Completions(string line) => [.. _shell.Run($"[System.Management.Automation.CommandCompletion]::CompleteInput('{line}', {line.Length}, $null).CompletionMatches.ListItemText").ShouldHaveNoErrors().OutputAs<string>()];

    private string[] Ids(string script) => [.. _shell.Run(script + " -ErrorAction SilentlyContinue").OutputAs<MailDkimSignature>().Select(s => s.Id)];
}
