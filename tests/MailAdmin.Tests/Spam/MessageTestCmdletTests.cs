// Test-MailSpam and Test-MailDmarc: how a message is taken to have come in, what is sent, and what is said of it.
using System.Management.Automation;
using System.Net;
using System.Text;
using System.Text.Json;
using MailAdmin.Client;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Spam;

public sealed class MessageTestCmdletTests : IDisposable
{
    private const string Mail = "Return-Path: <news@sender.test>\r\nDelivered-To: jane@example.org\r\nReceived: from localhost (localhost [127.0.0.1]) by store.example.org\r\n"
        + "Received: from mail.sender.test (mx.sender.test [192.0.2.25]) by mx.example.org\r\nFrom: ann@sender.test\r\nTo: list@example.org\r\nSubject: x\r\n\r\nHello\r\n";

    private const string Spam = """{"score":6.5,"tags":{"A":{"action":"allow","value":1.5},"B":{"action":"allow","value":5.0},"Z":{"action":"allow","value":0.0}},"disposition":{"action":"allow","value":"X-Spam-Status: Yes, score=6.50\r\n"}}""";

    private const string Dmarc = """
        {"spfEhloDomain":"mail.sender.test","spfEhloResult":{"type":"fail","details":null},"spfMailFromDomain":"sender.test","spfMailFromResult":{"type":"fail","details":null},
        "ipRevResult":{"type":"permError","details":"refused"},"ipRevPtr":[],"dkimResults":[],"dkimPass":false,"arcResult":{"type":"none"},"dmarcResult":{"type":"none"},"dmarcPass":false,"dmarcPolicy":"reject","elapsed":5}
        """;

    private readonly FakeServer _server = new(r => TestResponses.Data(r.Target.EndsWith("dmarc", StringComparison.Ordinal) ? Dmarc : Spam));
    private readonly HostedShell _shell = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("mailadmin-test-").FullName;

    public MessageTestCmdletTests()
    {
        _shell.Connect(_server.ConnectAsync().GetAwaiter().GetResult());
        _shell.SetVariable("folder", _folder);
        Write("mail.eml", Mail);
    }

    public void Dispose()
    {
        _shell.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void Write(string name, string content) => File.WriteAllBytes(Path.Combine(_folder, name), Encoding.Latin1.GetBytes(content));

    private JsonElement Sent()
    {
        using var document = JsonDocument.Parse(_server.Requests[^1].Body);
        return document.RootElement.Clone();
    }

    private static string Id(ErrorRecord error) => error.FullyQualifiedErrorId.Split(',')[0];

    [Fact]
    public void A_file_is_tested_as_it_says_it_came()
    {
        MailSpamResult result = _shell.Run("[pscustomobject]@{ PSPath = \"Microsoft.PowerShell.Core\\FileSystem::$folder/mail.eml\" } | Test-MailSpam").ShouldHaveNoErrors().OutputAs<MailSpamResult>().Single();
        Path.GetFileName(result.Path).ShouldBe("mail.eml");
        (result.Score, result.Disposition, result.RemoteIp!.ToString(), result.From, result.To.ToString()).ShouldBe((6.5, SpamAction.Allow, "192.0.2.25", "news@sender.test", "jane@example.org"));
        result.Tag.Select(t => t.Name).ShouldBe(["B", "A", "Z"]);
        JsonElement sent = Sent();
        sent.GetProperty("message").GetString().ShouldBe(Mail);
        sent.GetProperty("ehloDomain").GetString().ShouldBe("mail.sender.test");
        sent.GetProperty("isTls").GetBoolean().ShouldBeFalse();

        MailDmarcResult dmarc = _shell.Run("Test-MailDmarc $folder/mail.eml").ShouldHaveNoErrors().OutputAs<MailDmarcResult>().Single();
        (dmarc.Pass, dmarc.RemoteIp!.ToString(), dmarc.EhloDomain, dmarc.From).ShouldBe((false, "192.0.2.25", "mail.sender.test", "news@sender.test"));
        Sent().GetProperty("body").GetString().ShouldBe(Mail);
    }

    [Fact]
    public void What_is_given_wins_over_the_headers()
    {
        _shell.Run("Test-MailSpam $folder/mail.eml -RemoteIp 198.51.100.1 -From '<>' -To a@example.org, b@example.org -EhloDomain x.test -AuthenticatedAs jane -Tls").ShouldHaveNoErrors();
        JsonElement sent = Sent();
        sent.GetProperty("remoteIp").GetString().ShouldBe("198.51.100.1");
        sent.GetProperty("envFrom").GetString().ShouldBe("");
        sent.GetProperty("envRcptTo").EnumerateArray().Select(r => r.GetString()).ShouldBe(["a@example.org", "b@example.org"]);
        (sent.GetProperty("ehloDomain").GetString(), sent.GetProperty("authenticatedAs").GetString(), sent.GetProperty("isTls").GetBoolean()).ShouldBe(("x.test", "jane", true));

        // Another address is another host: the name in the headers is not its own.
        _shell.Run("Test-MailDmarc $folder/mail.eml -RemoteIp 198.51.100.1").ShouldHaveNoErrors();
        Sent().GetProperty("ehloDomain").GetString().ShouldBe("sender.test");
        _shell.Run("Test-MailDmarc $folder/mail.eml -MailFrom '<bounce@other.test>'").ShouldHaveNoErrors();
        (Sent().GetProperty("ehloDomain").GetString(), Sent().GetProperty("mailFrom").GetString()).ShouldBe(("mail.sender.test", "bounce@other.test"));
    }

    [Fact]
    public void From_and_To_stand_in_where_the_delivery_is_not_told()
    {
        _shell.Run("Test-MailSpam -Message \"From: Ann <ann@sender.test>`nTo: a@example.org`nCc: b@example.org`n`nHello\" -RemoteIp '[IPv6:2001:db8::1]' -ErrorAction SilentlyContinue; Test-MailSpam -Message \"From: Ann <ann@sender.test>`nTo: a@example.org`nCc: b@example.org`n`nHello\" -RemoteIp '[2001:db8::1]'");
        JsonElement sent = Sent();
        sent.GetProperty("envFrom").GetString().ShouldBe("ann@sender.test");
        sent.GetProperty("envRcptTo").EnumerateArray().Select(r => r.GetString()).ShouldBe(["a@example.org", "b@example.org"]);
        sent.GetProperty("message").GetString().ShouldBe("From: Ann <ann@sender.test>\r\nTo: a@example.org\r\nCc: b@example.org\r\n\r\nHello");
        sent.GetProperty("remoteIp").GetString().ShouldBe("2001:db8::1");
        sent.TryGetProperty("ehloDomain", out _).ShouldBeFalse("the server refuses a null");
    }

    [Theory]
    [InlineData("Test-MailSpam -Message \"From: a@b.test`n`nx\"", "RemoteIp")]
    [InlineData("Test-MailDmarc -Message \"From: a@b.test`n`nx\"", "RemoteIp")]
    [InlineData("Test-MailSpam -Message \"Subject: x`n`nx\" -RemoteIp 192.0.2.1", "-From")]
    [InlineData("Test-MailDmarc -Message \"Subject: x`n`nx\" -RemoteIp 192.0.2.1", "-From")]
    [InlineData("Test-MailDmarc -Message \"Return-Path: <>`n`nx\" -RemoteIp 192.0.2.1", "-EhloDomain")]
    [InlineData("Test-MailDmarc -RemoteIp 192.0.2.1 -MailFrom '<>'", "-EhloDomain")]
    [InlineData("Test-MailSpam $folder/mail.eml -RemoteIp nonsense", "not an IP address")]
    [InlineData("Test-MailSpam $folder/mail.eml -RemoteIp 1", "not an IP address")]
    [InlineData("[pscustomobject]@{ RemoteIp = 'x'; MailFrom = 'a@b.test' } | Test-MailDmarc", "not an IP address")]
    [InlineData("Test-MailSpam $folder/mail.eml -From nobody", "no @")]
    [InlineData("Test-MailSpam $folder/mail.eml -To nobody", "no @")]
    [InlineData("Test-MailDmarc -RemoteIp 192.0.2.1 -MailFrom nobody", "no @")]
    [InlineData("Test-MailSpam $folder", "folder")]
    [InlineData("Test-MailDmarc $folder", "folder")]
    [InlineData("Test-MailSpam $folder/missing.eml", "missing.eml")]
    [InlineData("Test-MailDmarc $folder/missing*.eml", "missing*.eml")]
    [InlineData("Test-MailSpam -Message 'just text' -RemoteIp 192.0.2.1", "header")]
    [InlineData("Test-MailDmarc", "")]
    [InlineData("Test-MailDmarc -RemoteIp 192.0.2.1", "")]
    [InlineData("Test-MailSpam", "")]
    public void Nothing_is_sent_where_something_is_missing_and_it_is_said(string script, string word)
    {
        ScriptResult run = _shell.Run(script);
        run.Errors.ShouldHaveSingleItem().ToString().ShouldContain(word);
        _server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public void A_message_that_makes_a_call_of_more_than_a_mebibyte_is_not_sent()
    {
        Write("large.eml", Mail + new string('a', 1024 * 1024));
        Write("quotes.eml", Mail + new string('"', 600_000));
        ScriptResult run = _shell.Run("Test-MailSpam $folder/*.eml; Test-MailDmarc $folder/*.eml");
        run.Output.Count.ShouldBe(2);
        run.Errors.Select(Id).ShouldBe(["MessageTooLarge", "RejectedByClient", "MessageTooLarge", "RejectedByClient"], ignoreOrder: true);
        run.Errors.ShouldAllBe(e => e.ToString().Contains(".eml", StringComparison.Ordinal) && e.ToString().Contains("1 MiB", StringComparison.Ordinal));
        run.Errors.Select(e => Path.GetFileName((string)e.TargetObject)).Distinct().ShouldBe(["large.eml", "quotes.eml"], ignoreOrder: true);
        _server.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public void Bytes_that_JSON_cannot_carry_are_re_encoded_and_it_is_said()
    {
        Write("mail.eml", Mail.Replace("\r\n\r\n", "\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: 8bit\r\n\r\nGrüße an alle, die dies lesen, und an die anderen auch. ", StringComparison.Ordinal));
        ScriptResult run = _shell.Run("Test-MailDmarc $folder/mail.eml").ShouldHaveNoErrors();
        run.Warnings.ShouldHaveSingleItem().Message.ShouldContain("mail.eml");
        Sent().GetProperty("body").GetString()!.ShouldContain("Gr=FC=DFe");
    }

    [Fact]
    public void An_envelope_is_tested_without_a_message_and_rows_bind()
    {
        _shell.Run("Test-MailDmarc -RemoteIp 192.0.2.25 -MailFrom news@sender.test").ShouldHaveNoErrors().OutputAs<MailDmarcResult>().Single().Path.ShouldBeNull();
        _server.Requests[^1].Body.ShouldBe("""{"remoteIp":"192.0.2.25","ehloDomain":"sender.test","mailFrom":"news@sender.test"}""");
        _shell.Run("""
            [pscustomobject]@{ RemoteIp = '192.0.2.1'; EhloDomain = 'a.test'; MailFrom = 'a@a.test' },
            [pscustomobject]@{ RemoteIp = '192.0.2.2'; EhloDomain = ''; MailFrom = 'b@b.test' } | Test-MailDmarc
            """).ShouldHaveNoErrors().OutputAs<MailDmarcResult>().Select(r => (r.RemoteIp!.ToString(), r.EhloDomain, r.From)).ShouldBe([("192.0.2.1", "a.test", "a@a.test"), ("192.0.2.2", "b.test", "b@b.test")]);
        _shell.Run("[pscustomobject]@{ Path = \"$folder/mail.eml\"; RemoteIp = '192.0.2.3' } | Test-MailDmarc").ShouldHaveNoErrors().OutputAs<MailDmarcResult>().Single().RemoteIp!.ToString().ShouldBe("192.0.2.3");
        Sent().TryGetProperty("body", out _).ShouldBeTrue();
    }

    [Fact]
    public void Each_message_of_an_mbox_is_tested()
    {
        Write("inbox", string.Concat(Enumerable.Repeat("From ann@example.org Mon Jan  1 10:00:00 2024\n" + Mail + "\n", 3)));
        _shell.Run("Test-MailSpam $folder/inbox").ShouldHaveNoErrors().OutputAs<MailSpamResult>().Select(r => r.Number).ShouldBe([1, 2, 3]);
        _shell.Run("Test-MailDmarc $folder/inbox -Quiet").ShouldHaveNoErrors().OutputAs<bool>().ShouldBe([false, false, false]);
    }

    [Fact]
    public void The_sandbox_judges_as_a_server_does()
    {
        using var shell = HostedShell.CreateConnected(HostedShell.CreateServer());
        shell.SetVariable("mail", Mail);
        MailDmarcResult good = shell.Run("Test-MailDmarc -Message $mail").ShouldHaveNoErrors().OutputAs<MailDmarcResult>().Single();
        (good.Pass, good.SpfMailFrom.Result, good.Policy, good.PtrRecord.ToString()).ShouldBe((true, AuthenticationResult.Pass, DmarcPolicy.Reject, "mx.delivered.test."));
        MailDmarcResult bad = shell.Run("Test-MailDmarc -Message $mail -RemoteIp 192.0.2.99").ShouldHaveNoErrors().OutputAs<MailDmarcResult>().Single();
        (bad.Pass, bad.SpfMailFrom.Result, bad.Dmarc.Result).ShouldBe((false, AuthenticationResult.Fail, AuthenticationResult.None));
        shell.Run("Test-MailDmarc -RemoteIp 192.0.2.25 -MailFrom news@sender.test -Quiet").ShouldHaveNoErrors().OutputAs<bool>().ShouldBe([true]);
    }

    [Fact]
    public void Quiet_is_the_flag_alone()
    {
        _shell.Run("Test-MailDmarc $folder/mail.eml -Quiet").ShouldHaveNoErrors().OutputAs<bool>().ShouldBe([false]);
        _server.OnRequest = _ => TestResponses.Data(Dmarc.Replace("\"dmarcPass\":false", "\"dmarcPass\":true", StringComparison.Ordinal));
        _shell.Run("Test-MailDmarc -RemoteIp 192.0.2.25 -MailFrom a@sender.test -Quiet").ShouldHaveNoErrors().OutputAs<bool>().ShouldBe([true]);
    }

    [Fact]
    public void A_failure_names_its_message_and_the_rest_go_on()
    {
        Write("other.eml", Mail.Replace("Subject: x", "Subject: bad", StringComparison.Ordinal));
        _server.OnRequest = r => r.Body.Contains("Subject: bad", StringComparison.Ordinal) ? TestResponses.Json(HttpStatusCode.OK, """{"error":"other","details":"…","reason":null}""") : TestResponses.Data(Spam);
        ScriptResult run = _shell.Run("Test-MailSpam $folder/*.eml");
        run.Output.Count.ShouldBe(1);
        ErrorRecord error = run.Errors.ShouldHaveSingleItem();
        (Id(error), Path.GetFileName((string)error.TargetObject)).ShouldBe(("RejectedByServer", "other.eml"));
        error.ToString().ShouldContain("other.eml");

        _server.OnRequest = _ => TestResponses.Problem(403, "Forbidden");
        _shell.Run("Test-MailSpam $folder/mail.eml").Errors.Single().ErrorDetails.RecommendedAction.ShouldContain("spam-filter-test");
        _shell.Run("Test-MailDmarc $folder/mail.eml").Errors.Single().ErrorDetails.RecommendedAction.ShouldContain("troubleshoot");
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_named()
    {
        string path = Path.Combine(_folder, "mail.eml");
        if (OperatingSystem.IsWindows())
        {
            return;
        }
        // A link to itself is there for nobody, root included.
        File.Delete(path);
        File.CreateSymbolicLink(path, path);
        ErrorRecord error = _shell.Run("[IO.FileInfo]::new(\"$folder/mail.eml\") | Test-MailSpam").Errors.ShouldHaveSingleItem();
        error.ToString().ShouldContain("mail.eml");
        _server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public void The_views_say_the_verdict_first()
    {
        string spam = _shell.Render("Test-MailSpam $folder/mail.eml");
        spam.ShouldContain("mail.eml");
        spam.ShouldContain("6.50");
        spam.ShouldContain("B (5.00), A (1.50), Z (0.00)");
        string dmarc = _shell.Render("Test-MailDmarc $folder/mail.eml").Trim();
        dmarc.IndexOf("False", StringComparison.Ordinal).ShouldBeInRange(0, dmarc.IndexOf("Reason", StringComparison.Ordinal));
        dmarc.ShouldContain("SPF Fail for sender.test; no DKIM signature; policy Reject");
        dmarc.ShouldContain("192.0.2.25 (no name)");
    }
}
