// DKIM and DNS on servers from 0.16 on: keys that are made here, selectors that are there once, stages, and the text of zones.
using System.Management.Automation;
using System.Security.Cryptography;
using MailAdmin.Client;
using MailAdmin.Client.Api.Dns;
using MailAdmin.Isolated.Dkim;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;
using Org.BouncyCastle.Crypto.Parameters;

namespace MailAdmin.Tests.Dkim;

public sealed class JmapDkimTests : IDisposable
{
    private readonly SandboxServer _server = new(new SandboxOptions { Empty = true, ServerVersion = "0.16", AdminPassword = HostedShell.SandboxPassword });
    private readonly HostedShell _shell;

    public JmapDkimTests() => _shell = HostedShell.CreateConnected(_server);

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("Rsa", "rsa")]
    [InlineData("Ed25519", "ed25519")]
    public void A_new_signature_is_what_the_server_then_has_and_publishes(string algorithm, string word)
    {
        ScriptResult run = _shell.Run($"New-MailDkimSignature Example.ORG. -Algorithm {algorithm} -Selector s1 -Verbose").ShouldHaveNoErrors();
        MailDkimSignature made = run.OutputAs<MailDkimSignature>().ShouldHaveSingleItem();
        (made.Domain, made.Selector, made.Algorithm, made.Stage, made.DkimVersion).ShouldBe(("example.org", "s1", algorithm, "Active", 1));
        made.DnsRecord!.Content.ShouldBe($"v=DKIM1; k={word}; h=sha256; p={made.PublicKey}");
        run.Warnings.ShouldHaveSingleItem().Message.ShouldContain("-Stage Pending");
        _shell.SetVariable("id", made.Id);
        MailDkimSignature read = _shell.Run("Get-MailDkimSignature -Id $id").ShouldHaveNoErrors().OutputAs<MailDkimSignature>().ShouldHaveSingleItem();
        (read.Id, read.Domain, read.Selector, read.Algorithm, read.Stage, read.PublicKey).ShouldBe((made.Id, made.Domain, made.Selector, made.Algorithm, "Active", made.PublicKey));
        read.Created.ShouldNotBeNull();
        _shell.Run("Get-MailDnsRecord example.org").ShouldHaveNoErrors().OutputAs<MailDnsRecord>().ShouldContain(made.DnsRecord);
        string.Join(' ', run.Verbose.Select(line => line.Message).Append(_shell.HostText).Append(read.AdditionalData.ToString())).ShouldNotContain("PRIVATE");
    }

    [Fact]
    public void A_pending_one_warns_of_nothing_and_is_listed_by_domain()
    {
        ScriptResult run = _shell.Run("New-MailDkimSignature example.org -Selector p1 -Stage Pending").ShouldHaveNoErrors();
        run.Warnings.ShouldBeEmpty();
        run.OutputAs<MailDkimSignature>().Single().Stage.ShouldBe("Pending");
        _shell.Render("Get-MailDkimSignature example.org").ShouldContain("Pending");
        _shell.Run("Get-MailDkimSignature example.* | Where-Object Stage -eq Pending").OutputAs<MailDkimSignature>().Select(signature => signature.Selector).ShouldBe(["p1"]);
        _shell.Run("Get-MailDkimSignature none.test").Errors.ShouldHaveSingleItem().FullyQualifiedErrorId.ShouldStartWith("NotFound");
    }

    [Fact]
    public void A_selector_that_is_there_is_refused_also_within_one_command()
    {
        _shell.Run("New-MailDkimSignature example.org -Selector s1 -Stage Pending").ShouldHaveNoErrors();
        ErrorRecord error = _shell.Run("New-MailDkimSignature example.org -Selector S1 -Stage Pending").Errors.ShouldHaveSingleItem();
        error.FullyQualifiedErrorId.ShouldStartWith("AlreadyExists");
        error.Exception.Message.ShouldContain("'s1'", Case.Insensitive);
        _shell.Run("New-MailDkimSignature example.org -Selector s1 -WhatIf").Errors.ShouldHaveSingleItem().FullyQualifiedErrorId.ShouldStartWith("AlreadyExists");
        ScriptResult twice = _shell.Run("'example.org', 'example.org' | New-MailDkimSignature -Selector s2 -Stage Pending -Algorithm Ed25519");
        twice.Errors.ShouldHaveSingleItem().FullyQualifiedErrorId.ShouldStartWith("AlreadyExists");
        _shell.Run("Get-MailDkimSignature example.org | Where-Object Selector -eq s2").Output.Count.ShouldBe(1);
    }

    [Fact]
    public void WhatIf_makes_none_and_domains_of_others_have_none()
    {
        int before = _shell.Run("Get-MailDkimSignature").Output.Count;
        _shell.Run("New-MailDkimSignature example.org -Selector s1 -Stage Pending -WhatIf").ShouldHaveNoErrors();
        _shell.HostText.ShouldContain("Create the DKIM signature (Rsa, selector 's1')");
        ScriptResult other = _shell.Run("New-MailDkimSignature other.test; Get-MailDnsRecord other.test");
        other.Errors.Count.ShouldBe(2);
        other.Errors.ShouldAllBe(error => error.Exception.Message.Contains("no domain 'other.test'", StringComparison.Ordinal));
        _shell.Run("Get-MailDkimSignature").Output.Count.ShouldBe(before);
    }

    [Fact]
    public void An_id_is_refused_here_and_a_stage_before()
    {
        int sent = _server.RequestCount;
        _shell.Run("New-MailDkimSignature example.org -Id mine").Errors.ShouldHaveSingleItem().Exception.Message.ShouldContain("Omit -Id");
        _server.RequestCount.ShouldBe(sent);
        SandboxServer older = HostedShell.CreateServer();
        using var shell = HostedShell.CreateConnected(older);
        sent = older.RequestCount;
        shell.Run("New-MailDkimSignature example.org -Stage Pending").Errors.ShouldHaveSingleItem().Exception.Message.ShouldContain("Omit -Stage");
        older.RequestCount.ShouldBe(sent);
    }

    [Fact]
    public void Records_come_as_objects_and_as_a_zone()
    {
        MailDnsRecord[] records = _shell.Run("Get-MailDnsRecord example.org").ShouldHaveNoErrors().OutputAs<MailDnsRecord>();
        records.ShouldContain(record => record.Type == "MX" && record.Name == "example.org." && record.RelativeName == "@");
        records.ShouldContain(record => record.Type == "TXT" && record.Content.StartsWith("v=DMARC1; p=reject", StringComparison.Ordinal) && record.RelativeName == "_dmarc");
        records.ShouldContain(record => record.Type == "SRV" && record.Name == "_imaps._tcp.example.org.");
        string zone = _shell.Run("Get-MailDnsRecord example.org -AsZone").ShouldHaveNoErrors().OutputAs<string>().ShouldHaveSingleItem();
        ZoneText.Read(zone).Select(record => (record.Type, record.Content)).ShouldBe(records.Select(record => (record.Type, record.Content)));
    }

    [Fact]
    public void Texts_over_several_lines_are_put_together()
    {
        const string Zone = """
            ; a comment
            example.org. IN MX 10 mx.example.org.
            a.example.org. 300 IN TXT "say \"hi\" ; \\ \228"
            r._domainkey.example.org. IN TXT (
                "v=DKIM1; k=rsa; p=AB"   ; the first part
                "CD"
            )
            example.org. IN CAA 0 issue "ca.test"
            _25._tcp.mx.example.org. IN TLSA 3 1 1 dd93
            """;
        ZoneText.Read(Zone).ShouldBe(
        [
            ("example.org.", "MX", "10 mx.example.org."),
            ("a.example.org.", "TXT", "say \"hi\" ; \\ \uFFFD"),
            ("r._domainkey.example.org.", "TXT", "v=DKIM1; k=rsa; p=ABCD"),
            ("example.org.", "CAA", "0 issue \"ca.test\""),
            ("_25._tcp.mx.example.org.", "TLSA", "3 1 1 dd93"),
        ]);
    }

    [Theory]
    [InlineData("a. IN TXT ( \"x\"")]
    [InlineData("a. IN TXT \"x")]
    [InlineData("a. IN TXT )")]
    [InlineData("a. IN")]
    [InlineData("a. IN TXT")]
    public void What_is_no_zone_is_an_error(string zone) => Should.Throw<FormatException>(() => ZoneText.Read(zone).ToList());

    [Fact]
    public void A_key_pair_belongs_together()
    {
        (string privateKey, string publicKey) = DkimKeyPair.CreateRsa();
        using var rsa = RSA.Create();
        rsa.ImportFromPem(privateKey);
        rsa.KeySize.ShouldBe(2048);
        Convert.ToBase64String(rsa.ExportSubjectPublicKeyInfo()).ShouldBe(publicKey);
        (string privateEd, string publicEd) = DkimKeyPair.CreateEd25519();
        byte[] der = Convert.FromBase64String(string.Concat(privateEd.Split('\n').Where(line => !line.StartsWith('-'))));
        der.Length.ShouldBe(48);
        Convert.ToBase64String(new Ed25519PrivateKeyParameters(der[16..]).GeneratePublicKey().GetEncoded()).ShouldBe(publicEd);
        DkimKeyPair.CreateEd25519().PublicKey.ShouldNotBe(publicEd);
    }

    [Fact]
    public async Task A_lost_answer_is_resolved_by_the_key_that_only_this_creation_has()
    {
        string? key = null;
        var server = new FakeJmapServer(request => request.Answer((method, arguments) =>
        {
            switch (method)
            {
                case "x:DkimSignature/set":
                    string pem = arguments.GetProperty("create").GetProperty("0").GetProperty("privateKey").GetProperty("secret").GetString()!;
                    byte[] der = Convert.FromBase64String(string.Concat(pem.Split('\n').Where(line => !line.StartsWith('-'))));
                    key = Convert.ToBase64String(new Ed25519PrivateKeyParameters(der[16..]).GeneratePublicKey().GetEncoded());
                    return "{}";
                case "x:DkimSignature/query":
                    return key is null ? """{"ids":[]}""" : """{"ids":["jq7g"]}""";
                case "x:DkimSignature/get":
                    return key is null ? """{"list":[],"notFound":[]}""" : $$"""{"list":[{"id":"jq7g","@type":"Dkim1Ed25519Sha256","domainId":"b","selector":"s1","publicKey":"{{key}}","stage":"active"}],"notFound":[]}""";
                case "x:Domain/query":
                    return """{"ids":["b"]}""";
                case "x:Domain/get":
                    return """{"list":[{"id":"b","name":"example.org"}],"notFound":[]}""";
                default:
                    return method.EndsWith("/query", StringComparison.Ordinal) ? """{"ids":[]}""" : """{"list":[],"notFound":[]}""";
            }
        }));
        using var shell = new HostedShell();
        shell.Connect(await server.ConnectAsync());
        shell.Run("New-MailDkimSignature example.org -Algorithm Ed25519 -Selector s1 -Stage Pending").ShouldHaveNoErrors().OutputAs<MailDkimSignature>().Single().Id.ShouldBe("jq7g");
        server.Requests.SelectMany(request => request.Calls).Count(call => call.Method == "x:DkimSignature/set").ShouldBe(1);
    }
}
