// What the queue's cmdlets refuse before anything is sent, and what they ask: each test counts the requests.
using MailAdmin.Client;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Queue;

public sealed class QueueGuardTests : IDisposable
{
    private readonly FakeQueue _queue = new(12);
    private readonly HostedShell _shell = new();

    public QueueGuardTests() => _shell.Connect(_queue.Server.ConnectAsync().GetAwaiter().GetResult());

    public void Dispose() => _shell.Dispose();

    private ulong FirstId => _queue.Messages.Keys.First();

    [Theory]
    [InlineData("Get-MailQueueMessage -DueBefore ([DateTimeOffset]::Now.AddDays(-1))")]
    [InlineData("Get-MailQueueMessage -DueAfter ([DateTimeOffset]::Now.AddDays(-1))")]
    [InlineData("Get-MailQueueMessage -DueBefore nonsense")]
    [InlineData("Get-MailQueueMessage -Text ''")]
    [InlineData("Get-MailQueueMessage -From $undefined")]
    [InlineData("Get-MailQueueMessage -To '  '")]
    [InlineData("Get-MailQueueMessage -Text 'john*'")]
    [InlineData("Get-MailQueueMessage -Text john -From jane")]
    [InlineData("Get-MailQueueMessage $undefined")]
    [InlineData("Get-MailQueueMessage ''")]
    [InlineData("Get-MailQueueMessage '*'")]
    [InlineData("Get-MailQueueMessage 3.4e17")]
    [InlineData("Get-MailQueueMessage -1")]
    [InlineData("$null | Get-MailQueueMessage")]
    [InlineData("Remove-MailQueueMessage -Force")]
    [InlineData("Remove-MailQueueMessage '' -Force")]
    [InlineData("Remove-MailQueueMessage $undefined -Force")]
    [InlineData("Remove-MailQueueMessage @() -Force")]
    [InlineData("$undefined | Remove-MailQueueMessage -Force")]
    [InlineData("Remove-MailQueueMessage -Text '' -Force")]
    [InlineData("Remove-MailQueueMessage -Text ' ' -Force")]
    [InlineData("Remove-MailQueueMessage -Text '*' -Force")]
    [InlineData("Remove-MailQueueMessage -To '@' -Force")]
    [InlineData("Remove-MailQueueMessage -From '.' -Force")]
    [InlineData("Remove-MailQueueMessage -From $undefined -Force")]
    [InlineData("Remove-MailQueueMessage -To '*@remote.test' -Force")]
    [InlineData("Remove-MailQueueMessage -Text a -To b -Force")]
    [InlineData("Remove-MailQueueMessage -Filter remote -Force")]
    [InlineData("Remove-MailQueueMessage -All:$false -Force")]
    [InlineData("Remove-MailQueueMessage -All -Text a -Force")]
    [InlineData("Remove-MailQueueMessage 342084653895266304 -All -Force")]
    [InlineData("Remove-MailQueueMessage 342084653895266304 -Recipient '' -Force")]
    [InlineData("Remove-MailQueueMessage 342084653895266304 -Recipient '*' -Force")]
    [InlineData("Remove-MailQueueMessage 342084653895266304 -Recipient remote -Force")]
    [InlineData("Remove-MailQueueMessage -All -Recipient a@b.test -Force")]
    [InlineData("Get-MailConnection | Remove-MailQueueMessage -Force")]
    [InlineData("Get-MailConnection | Remove-MailQueueMessage -All -Force")]
    [InlineData("[pscustomobject]@{ Id = [uint]::MaxValue } | Remove-MailQueueMessage -Force")]
    [InlineData("Invoke-MailQueueReschedule -Force")]
    [InlineData("Invoke-MailQueueReschedule -Text $undefined -Force")]
    [InlineData("Invoke-MailQueueReschedule -From '*' -Force")]
    [InlineData("Invoke-MailQueueReschedule -All:$false -Force")]
    [InlineData("Invoke-MailQueueReschedule 342084653895266304 -At ([DateTimeOffset]::Now.AddMinutes(-1)) -Force")]
    [InlineData("Invoke-MailQueueReschedule -All -At ([DateTimeOffset]::Now.AddMinutes(-1)) -Force")]
    [InlineData("Invoke-MailQueueReschedule 342084653895266304 -At nonsense -Force")]
    [InlineData("Invoke-MailQueueReschedule 342084653895266304 -Domain '' -Force")]
    [InlineData("Invoke-MailQueueReschedule 342084653895266304 -Domain '*' -Force")]
    [InlineData("Invoke-MailQueueReschedule 342084653895266304 -Domain x@remote.test -Force")]
    [InlineData("Suspend-MailQueue nonsense")]
    [InlineData("Get-MailDmarcReport -Text ''")]
    [InlineData("Get-MailTlsReport -Text ' '")]
    [InlineData("Get-MailArfReport -Text 'a*'")]
    [InlineData("Get-MailDmarcReport $undefined")]
    [InlineData("Get-MailDmarcReport '..'")]
    [InlineData("Get-MailQueueReport -Domain $undefined")]
    [InlineData("Get-MailQueueReport -Kind Arf")]
    [InlineData("Get-MailQueueReport -Kind nonsense")]
    [InlineData("Remove-MailQueueReport '' -Force")]
    [InlineData("Remove-MailQueueReport 'nonsense' -Force")]
    [InlineData("Remove-MailQueueReport $undefined -Force")]
    [InlineData("Remove-MailReport -Kind Dmarc -Id '' -Force")]
    [InlineData("Remove-MailReport -Kind Dmarc -Id $undefined -Force")]
    [InlineData("Remove-MailReport -Kind nonsense -Id 1_2 -Force")]
    [InlineData("Remove-MailReport -Kind 7 -Id 1_2 -Force")]
    [InlineData("Remove-MailReport -Kind $undefined -Id 1_2 -Force")]
    [InlineData("Remove-MailReport Dmarc '1' -Force")]
    [InlineData("[pscustomobject]@{ Kind = 'Dmark'; Id = '1_2' } | Remove-MailReport -Force")]
    [InlineData("[pscustomobject]@{ Kind = 'Dmarc'; Id = '' } | Remove-MailReport -Force")]
    public void What_would_be_everything_or_nonsense_sends_nothing(string script)
    {
        ScriptResult run = _shell.Run(script);
        run.Errors.ShouldNotBeEmpty();
        run.Output.ShouldBeEmpty();
        _queue.Server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public void A_past_due_time_is_answered_with_the_pipeline_that_is_meant()
    {
        ScriptResult run = _shell.Run("Get-MailQueueMessage -DueBefore '2026-01-02 03:04'");
        run.Errors.ShouldHaveSingleItem().FullyQualifiedErrorId.ShouldStartWith("DueTimeInPast");
        run.Errors[0].ToString().ShouldContain($"Get-MailQueueMessage | Where-Object Created -lt '{TimeText.Format(new DateTimeOffset(new DateTime(2026, 1, 2, 3, 4, 0)))}'");
        // And that pipeline works: text compares with a time.
        _shell.Run("(Get-MailQueueMessage | Where-Object Created -lt '2036-01-02 03:04:00 +00:00').Count").ShouldHaveNoErrors().OutputAs<int>().ShouldBe([12]);
        _shell.Run("Get-MailQueueMessage | Where-Object Created -lt '2016-01-02 03:04:00 +00:00'").ShouldHaveNoErrors().Output.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Remove-MailQueueMessage -All")]
    [InlineData("Invoke-MailQueueReschedule -All")]
    public void Everything_is_asked_about_with_count_and_sample_and_a_no_writes_nothing(string script)
    {
        _shell.Choice = 1;
        _shell.Run(script).ShouldHaveNoErrors();
        string question = _shell.Questions.ShouldHaveSingleItem();
        question.ShouldContain("all 12 messages");
        question.ShouldContain($"{FirstId} from sender0@example.org to rcpt0@remote.test");
        _queue.WriteRequests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Remove-MailQueueMessage -All")]
    [InlineData("Invoke-MailQueueReschedule -All")]
    public void Where_nobody_can_be_asked_everything_is_refused(string script)
    {
        _shell.Run(script).Errors.ShouldNotBeEmpty();
        _queue.WriteRequests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Invoke-MailQueueReschedule -All -Force")]
    [InlineData("Invoke-MailQueueReschedule -All -Confirm:$false")]
    [InlineData("$ConfirmPreference = 'None'; Invoke-MailQueueReschedule -All")]
    public void Everything_goes_unasked_only_where_that_was_said(string script)
    {
        _shell.Run(script).ShouldHaveNoErrors();
        _shell.Questions.ShouldBeEmpty();
        _queue.WriteRequests.ShouldBe(["PATCH /api/queue/messages"]);
    }

    [Fact]
    public void A_yes_is_asked_for_once()
    {
        _shell.Choice = 0;
        _shell.Run("Invoke-MailQueueReschedule -All").ShouldHaveNoErrors();
        _shell.Questions.Count.ShouldBe(1);
        _queue.WriteRequests.ShouldBe(["PATCH /api/queue/messages"]);
    }

    [Fact]
    public async Task A_question_about_rescheduling_tells_that_the_expiry_is_cut_on_old_servers()
    {
        _shell.Choice = 1;
        _shell.Run($"Invoke-MailQueueReschedule {FirstId} -Confirm").ShouldHaveNoErrors();
        _shell.Questions.ShouldHaveSingleItem().ShouldContain("ten seconds");

        var newer = new FakeQueue(1);
        newer.Server.Version = "0.15.5";
        using var shell = new HostedShell { Choice = 1 };
        shell.Connect(await newer.Server.ConnectAsync());
        shell.Run("Invoke-MailQueueReschedule -All").ShouldHaveNoErrors();
        shell.Questions.ShouldHaveSingleItem().ShouldNotContain("ten seconds");
    }

    [Fact]
    public void WhatIf_sends_no_write_even_with_Force()
    {
        _shell.SetVariable("id", FirstId);
        _shell.Run("""
            Remove-MailQueueMessage $id -WhatIf -Force
            Remove-MailQueueMessage -Text remote -WhatIf -Force
            Remove-MailQueueMessage -All -WhatIf -Force
            Remove-MailQueueMessage -All -WhatIf -Confirm:$false
            Invoke-MailQueueReschedule $id -WhatIf -Force
            Invoke-MailQueueReschedule -All -WhatIf -Force
            Suspend-MailQueue -WhatIf
            Resume-MailQueue -WhatIf
            $WhatIfPreference = $true
            Remove-MailQueueMessage -All -Force
            Get-MailQueueMessage | Remove-MailQueueMessage -Force
            """).ShouldHaveNoErrors();
        // The fake has no reports, and that is said.
        _shell.Run("$WhatIfPreference = $true; Remove-MailQueueReport 'd!example.net!1!2!3' -Force; Remove-MailReport Dmarc 1_2 -Force").Errors.Count.ShouldBe(2);
        _queue.WriteRequests.ShouldBeEmpty();
        _shell.HostText.ShouldContain("all 12 messages");
    }

    [Fact]
    public void Ids_beyond_the_digits_of_a_double_stay_exact_however_they_come()
    {
        const ulong Id = 9007199254740993;
        _queue.Messages.Clear();
        _queue.Add(Id, "a@example.org", "b@remote.test");
        _queue.Add(ulong.MaxValue, "a@example.org", "c@remote.test");
        ulong[] ids = [.. _shell.Run("""
            Get-MailQueueMessage 9007199254740993
            9007199254740993 | Get-MailQueueMessage
            Get-MailQueueMessage '9007199254740993', 18446744073709551615
            [pscustomobject]@{ QueueId = 9007199254740993 } | Get-MailQueueMessage
            [pscustomobject]@{ Id = '9007199254740993'; Other = 1 } | Get-MailQueueMessage
            Get-MailQueueMessage | Get-MailQueueMessage
            """).ShouldHaveNoErrors().OutputAs<MailQueueMessage>().Select(m => m.Id)];
        ids.ShouldBe([Id, Id, Id, ulong.MaxValue, Id, Id, Id, ulong.MaxValue]);
    }

    [Fact]
    public async Task Survivors_of_a_bulk_cancellation_are_errors_that_name_their_ids()
    {
        var time = new ManualTime();
        var queue = new FakeQueue(3, time);
        ulong stubborn = queue.Messages.Keys.Last();
        queue.SurvivedCancellations[stubborn] = int.MaxValue;
        using var shell = new HostedShell();
        shell.Connect(await queue.Server.ConnectAsync());
        using var stop = new CancellationTokenSource();
        var clock = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await Task.Delay(5);
                time.Advance(TimeSpan.FromSeconds(1));
            }
        });
        ScriptResult run = shell.Run("Remove-MailQueueMessage -All -Force");
        await stop.CancelAsync();
        await clock;
        run.Errors.ShouldHaveSingleItem().FullyQualifiedErrorId.ShouldStartWith("MessageStillQueued");
        run.Errors[0].TargetObject.ShouldBe(stubborn);
        run.Errors[0].ToString().ShouldContain($"{stubborn}");
        run.Terminated.ShouldBeFalse();
    }

    [Fact]
    public void A_filter_without_a_match_warns_and_writes_nothing()
    {
        ScriptResult run = _shell.Run("Remove-MailQueueMessage -Text nobody -Force; Invoke-MailQueueReschedule -From nobody").ShouldHaveNoErrors();
        run.Warnings.Count.ShouldBe(2);
        _queue.WriteRequests.ShouldBeEmpty();
    }

    [Fact]
    public void Leaving_the_pipeline_early_asks_for_no_further_page()
    {
        for (ulong i = 0; i < 200; i++)
        {
            _queue.Add(400_000_000_000_000_000 + i, "a@example.org", "b@remote.test");
        }
        _shell.Run("foreach ($once in 1) { Get-MailQueueMessage | ForEach-Object { $_.Id; if (++$n -eq 3) { break } } }").Output.Count.ShouldBe(3);
        _queue.Server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public void Words_compare_with_text_in_any_case()
    {
        _shell.Run("(Get-MailQueueMessage | Where-Object Status -eq scheduled).Count").ShouldHaveNoErrors().OutputAs<int>().ShouldBe([12]);
        _shell.Run("(Get-MailQueueMessage | Where-Object { $_.Status -ne 'Scheduled' }).Count").ShouldHaveNoErrors().OutputAs<int>().ShouldBe([0]);
        _shell.Run("(Get-MailQueueMessage | Where-Object { 'SCHEDULED' -eq $_.Status }).Count").ShouldHaveNoErrors().OutputAs<int>().ShouldBe([12]);
    }
}
