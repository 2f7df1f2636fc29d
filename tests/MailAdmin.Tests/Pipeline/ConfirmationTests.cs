// What is asked before a cmdlet acts: once, with No as the default where everything is meant, and an error of its own where nobody can answer.
using MailAdmin.Client;
using MailAdmin.Tests.Hosting;
using MailAdmin.Tests.Queue;

namespace MailAdmin.Tests.Pipeline;

public sealed class ConfirmationTests : IDisposable
{
    private readonly FakeQueue _queue = new(3);
    private readonly HostedShell _shell = new();

    public ConfirmationTests()
    {
        Func<RecordedRequest, HttpResponseMessage> queue = _queue.Server.OnRequest;
        _queue.Server.OnRequest = request => RequestLines.FindOperation(request.RequestLine) switch
        {
            var operation when operation == Operations.ListPrincipals => TestResponses.Data("""{"items":[],"total":7}"""),
            var operation when operation == Operations.GetPrincipal => TestResponses.Data("""{"id":7,"type":"individual","name":"jane"}"""),
            var operation when operation == Operations.GetAccountAuth => TestResponses.Data("""{"otpEnabled":true,"appPasswords":[]}"""),
            var operation when operation == Operations.Reindex => TestResponses.Data("null"),
            _ => queue(request),
        };
        _shell.Connect(_queue.Server.ConnectAsync().GetAwaiter().GetResult());
    }

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("Remove-MailQueueMessage -All")]
    [InlineData("Invoke-MailQueueReschedule -All")]
    [InlineData("Invoke-MailReindex -All")]
    [InlineData("Invoke-MailQueueReschedule -All -Confirm")]
    [InlineData("Invoke-MailReindex -All -Confirm")]
    [InlineData("$ConfirmPreference = 'Low'; Invoke-MailReindex -All")]
    public void Enter_means_no_where_everything_is_meant(string script)
    {
        _shell.PressesEnter = true;
        _shell.Run(script).ShouldHaveNoErrors();
        _shell.Questions.Count.ShouldBe(1);
        GetActs().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Invoke-MailReindex -All -Confirm")]
    [InlineData("$ConfirmPreference = 'Low'; Invoke-MailReindex -All")]
    [InlineData("Invoke-MailQueueReschedule -All -Confirm")]
    public void A_yes_is_asked_for_once(string script)
    {
        _shell.Choice = 0;
        _shell.Run(script).ShouldHaveNoErrors();
        _shell.Questions.Count.ShouldBe(1);
        GetActs().ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("Invoke-MailReindex -All -Force")]
    [InlineData("Invoke-MailReindex -All -Confirm:$false")]
    [InlineData("$ConfirmPreference = 'None'; Invoke-MailReindex -All")]
    public void Nothing_is_asked_where_that_was_said(string script)
    {
        _shell.Run(script).ShouldHaveNoErrors();
        _shell.Questions.ShouldBeEmpty();
        GetActs().ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("Invoke-MailReindex -All -Force -WhatIf")]
    [InlineData("Invoke-MailReindex -All -Confirm:$false -WhatIf")]
    [InlineData("$WhatIfPreference = $true; Invoke-MailReindex -All -Force")]
    [InlineData("$ConfirmPreference = 'None'; Invoke-MailReindex -All -WhatIf")]
    [InlineData("Reset-MailImapUid jane -Force -WhatIf")]
    [InlineData("Invoke-MailPurge -Scope Blob -Force -WhatIf")]
    [InlineData("Disable-MailAccountOtp -Force -WhatIf")]
    public void WhatIf_always_wins(string script)
    {
        _shell.Run(script).ShouldHaveNoErrors();
        _shell.Questions.ShouldBeEmpty();
        _shell.HostText.ShouldContain("What if:");
        GetActs().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Remove-MailQueueMessage -All", "all 3 messages", "specify -Force or -Confirm:$false.")]
    [InlineData("Invoke-MailReindex -All", "all 7 accounts", "specify -Force or -Confirm:$false.")]
    [InlineData("Reset-MailImapUid jane", "account 'jane'", "specify -Force or -Confirm:$false.")]
    [InlineData("Suspend-MailQueue -Confirm", "Stop deliveries", "specify -Confirm:$false.")]
    [InlineData("Export-MailPrincipal never-written.csv -Confirm", "Write principals", "specify -Confirm:$false.")]
    public void Where_nobody_can_be_asked_the_error_says_the_question_and_how_to_do_without_it(string script, string question, string advice)
    {
        _shell.Run($"try {{ {script} }} catch {{ 'caught' }}").OutputAs<string>().ShouldBe(["caught"]);
        ScriptResult run = _shell.Run(script);
        System.Management.Automation.ErrorRecord error = run.Errors.ShouldHaveSingleItem();
        error.FullyQualifiedErrorId.ShouldStartWith("PromptUnavailable");
        error.ToString().ShouldContain(question);
        error.ToString().ShouldEndWith($"Cannot prompt in a non-interactive session. To proceed, {advice}");
        GetActs().ShouldBeEmpty();
    }

    // The server's purges and reindexings answer GET.
    private string[] GetActs() => [.. _queue.Server.RequestLines.Where(line => RequestLines.FindOperation(line) is not { Method.Method: "GET", Idempotency: Idempotency.Idempotent })];
}
