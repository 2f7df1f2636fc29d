// Test-MailSpam and Test-MailDmarc on servers from 0.16 on: what is sent, what the answer means, and what is refused.
using System.Management.Automation;
using System.Text.Json;
using MailAdmin.Client;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Spam;

public sealed class JmapMessageTestTests : IDisposable
{
    private const string Message = "From: bill@spam.test\r\nTo: jane@example.org\r\nSubject: Money\r\n\r\nBuy now.\r\n";

    private readonly SandboxServer _server = new(new SandboxOptions { Empty = true, ServerVersion = "0.16", AdminPassword = HostedShell.SandboxPassword });
    private readonly HostedShell _shell;

    public JmapMessageTestTests()
    {
        _shell = HostedShell.CreateConnected(_server);
        _shell.SetVariable("message", Message);
    }

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void The_sandbox_classifies_a_message()
    {
        MailSpamResult result = _shell.Run("Test-MailSpam -Message $message -RemoteIp 192.0.2.1 -EhloDomain mx.spam.test").ShouldHaveNoErrors().OutputAs<MailSpamResult>().ShouldHaveSingleItem();
        (result.Disposition, result.IsSpam, result.Score, result.Headers, result.From, result.RemoteIp).ShouldBe(("Allow", false, 0, null, "bill@spam.test", "192.0.2.1"));
        // A tag without a score says "reject", which means nothing.
        result.Tag.ShouldNotBeEmpty();
        result.Tag.ShouldAllBe(tag => tag.Action == "Unspecified" && tag.Score == 0 && tag.ToString() == tag.Name);
        _shell.Render("Test-MailSpam -Message $message -RemoteIp 192.0.2.1 -EhloDomain mx.spam.test").ShouldContain("Allow");
    }

    [Fact]
    public async Task What_the_answer_says_of_tags_is_told_apart()
    {
        JsonElement sent = default;
        using HostedShell shell = await ConnectedAsync(arguments =>
        {
            sent = arguments;
            return """{"score":7.5,"tags":{"A":{"score":2.5,"disposition":"score"},"B":{"score":5.0,"disposition":"score"},"C":{"score":0.0,"disposition":"reject"},"D":{"score":0.0,"disposition":"discard"}},"result":"spam","new":1}""";
        });
        shell.SetVariable("message", Message);
        MailSpamResult result = shell.Run("Test-MailSpam -Message $message -RemoteIp 192.0.2.1 -EhloDomain mx.spam.test -To jane@example.org, JANE@example.org -AuthenticatedAs jane").ShouldHaveNoErrors().OutputAs<MailSpamResult>().Single();
        (result.Disposition, result.IsSpam, result.Score).ShouldBe(("Allow", true, 7.5));
        result.Tag.Select(tag => (tag.Name, tag.Action, tag.Score)).ShouldBe([("D", "Discard", 0), ("B", "Allow", 5), ("A", "Allow", 2.5), ("C", "Unspecified", 0)]);
        result.AdditionalData["new"].ShouldBe(1L);
        sent.GetProperty("@type").GetString().ShouldBe("ClassifySpam");
        sent.GetProperty("isTls").GetBoolean().ShouldBeFalse();
        sent.GetProperty("authenticatedAs").GetString().ShouldBe("jane");
        sent.GetProperty("envRcptTo").EnumerateObject().Count().ShouldBe(2);
        sent.GetProperty("message").GetString().ShouldBe(Message);
    }

    // The server names the property alone.
    [Theory]
    [InlineData("Test-MailDmarc -From news@customers.example -RemoteIp 192.0.2.1", "'news@customers.example'")]
    [InlineData("Test-MailSpam -Message $message -RemoteIp 192.0.2.1 -EhloDomain mx.spam.test -From news@customers.example", "'news@customers.example'")]
    [InlineData("New-MailPrincipal new.example -Type Domain", "name as that of a domain")]
    [InlineData("Set-MailPrincipal example.net -NewName net.example", "name as that of a domain")]
    public void A_domain_whose_ending_the_server_does_not_know_is_said_to_be_one(string command, string names)
    {
        _shell.Run("New-MailPrincipal example.net -Type Domain");
        ErrorRecord error = _shell.Run(command).Errors.ShouldHaveSingleItem();
        error.Exception.Message.ShouldContain(names);
        error.Exception.Message.ShouldContain("public suffix list");
    }

    [Fact]
    public void A_locale_that_the_server_does_not_know_is_said_to_be_one() =>
        _shell.Run("Set-MailPrincipal admin@example.org -Locale xx_YY").Errors.ShouldHaveSingleItem().Exception.Message.ShouldContain("en_US");

    [Theory]
    [InlineData("reject", "Reject")]
    [InlineData("discard", "Discard")]
    public async Task A_message_that_is_not_let_through_is_neither_spam_nor_ham(string word, string disposition)
    {
        using HostedShell shell = await ConnectedAsync(_ => $$"""{"score":0.0,"tags":{},"result":"{{word}}"}""");
        shell.SetVariable("message", Message);
        MailSpamResult result = shell.Run("Test-MailSpam -Message $message -RemoteIp 192.0.2.1 -EhloDomain mx.spam.test").ShouldHaveNoErrors().OutputAs<MailSpamResult>().Single();
        (result.Disposition, result.IsSpam).ShouldBe((disposition, null));
    }

    [Theory]
    [InlineData("Test-MailSpam -Message $message -RemoteIp 192.0.2.1 -EhloDomain mx.spam.test -From '<>'", "-From")]
    [InlineData("Test-MailSpam -Message $message -RemoteIp 192.0.2.1", "-EhloDomain")]
    [InlineData("Test-MailDmarc -Message $message -RemoteIp 192.0.2.1 -EhloDomain mx.spam.test -From '<>'", "-From")]
    [InlineData("Test-MailDmarc -RemoteIp 192.0.2.1 -EhloDomain mx.spam.test -From '<>'", "-From")]
    public void What_the_server_cannot_test_is_refused_by_name(string script, string words)
    {
        int before = _server.RequestCount;
        System.Management.Automation.ErrorRecord error = _shell.Run(script).Errors.ShouldHaveSingleItem();
        error.FullyQualifiedErrorId.ShouldStartWith("Unsupported");
        error.Exception.Message.ShouldContain(words);
        _server.RequestCount.ShouldBe(before);
    }

    [Fact]
    public void Text_that_is_no_message_is_an_error()
    {
        _shell.SetVariable("message", "just text");
        _shell.Run("Test-MailSpam -Message $message -RemoteIp 192.0.2.1 -EhloDomain a.test -From a@b.test -To jane@example.org").Errors.ShouldHaveSingleItem();
    }

    [Fact]
    public void The_sandbox_tests_DMARC_with_a_message_and_without()
    {
        MailDmarcResult result = _shell.Run("Test-MailDmarc -RemoteIp 192.0.2.99 -From news@nobody.test -EhloDomain mx.nobody.test").ShouldHaveNoErrors().OutputAs<MailDmarcResult>().ShouldHaveSingleItem();
        result.Pass.ShouldBeFalse();
        (result.SpfEhlo.Domain, result.SpfMailFrom.Domain, result.From).ShouldBe(("mx.nobody.test", "nobody.test", "news@nobody.test"));
        result.Dkim2!.Result.ShouldBe("None");
        _shell.Run("Test-MailDmarc -Message $message -RemoteIp 192.0.2.99 -Quiet").ShouldHaveNoErrors().OutputAs<bool>().ShouldBe([false]);
    }

    // As a real 0.16.16 answered.
    [Fact]
    public async Task Two_results_are_sent_along_and_sets_and_lists_are_objects()
    {
        JsonElement sent = default;
        using HostedShell shell = await ConnectedAsync(arguments =>
        {
            sent = arguments;
            return """{"spfEhloDomain":"mail.sender.test","spfEhloResult":{"@type":"Pass"},"spfMailFromDomain":"sender.test","spfMailFromResult":{"details":null,"@type":"SoftFail"},"ipRevResult":{"@type":"Pass"},"ipRevPtr":{"mx.delivered.test.":true},"dkimResults":{"0":{"@type":"Pass"},"1":{"details":"broken","@type":"PermError"}},"dkimPass":true,"dkim2Result":{"@type":"None"},"dkim2Pass":false,"arcResult":{"@type":"None"},"dmarcResult":{"@type":"Pass"},"dmarcPass":true,"dmarcPolicy":"reject","elapsed":45011}""";
        });
        MailDmarcResult result = shell.Run("Test-MailDmarc -RemoteIp 192.0.2.25 -From news@sender.test -EhloDomain mail.sender.test").ShouldHaveNoErrors().OutputAs<MailDmarcResult>().ShouldHaveSingleItem();
        sent.GetRawText().ShouldBe("""{"@type":"TroubleshootDmarc","remoteIp":"192.0.2.25","ehloDomain":"mail.sender.test","mailFrom":"news@sender.test","spfEhloDomain":"-","spfMailFromDomain":"-"}""");
        (result.Pass, result.Policy, result.SpfEhlo.Result, result.SpfMailFrom.Result, result.DkimPass, result.Dkim2Pass, result.Elapsed).ShouldBe((true, "Reject", "Pass", "SoftFail", true, false, TimeSpan.FromMilliseconds(45011)));
        result.PtrRecord.ShouldBe(["mx.delivered.test."]);
        result.Dkim.Select(check => (check.Result, check.Details)).ShouldBe([("Pass", null), ("PermError", "broken")]);
        result.AdditionalData.ShouldBeEmpty();
    }

    // The server says None of what fails: whether it passes is told beside.
    [Fact]
    public async Task A_failed_DMARC_does_not_pass_though_its_result_says_none()
    {
        using HostedShell shell = await ConnectedAsync(_ => """{"spfEhloDomain":"a.test","spfEhloResult":{"@type":"Fail"},"spfMailFromDomain":"sender.test","spfMailFromResult":{"@type":"Fail"},"ipRevResult":{"@type":"Fail"},"ipRevPtr":{},"dkimResults":{},"dkimPass":false,"dkim2Result":{"@type":"None"},"dkim2Pass":false,"arcResult":{"@type":"None"},"dmarcResult":{"@type":"None"},"dmarcPass":false,"dmarcPolicy":"reject","elapsed":1}""");
        const string Script = "Test-MailDmarc -RemoteIp 192.0.2.25 -From news@sender.test -EhloDomain a.test";
        MailDmarcResult result = shell.Run(Script).ShouldHaveNoErrors().OutputAs<MailDmarcResult>().ShouldHaveSingleItem();
        (result.Pass, result.Dmarc.Result, result.Policy).ShouldBe((false, "None", "Reject"));
        shell.Run(Script + " -Quiet").OutputAs<bool>().ShouldBe([false]);
    }

    private static async Task<HostedShell> ConnectedAsync(Func<JsonElement, string> answer)
    {
        var server = new FakeJmapServer(request => request.Answer((_, arguments) => $$"""{"created":{"a":{{answer(arguments.GetProperty("create").GetProperty("a"))}} } }"""));
        var shell = new HostedShell();
        shell.Connect(await server.ConnectAsync());
        return shell;
    }
}
