// "true" is no proof: of a message under delivery the server says that it is cancelled or rescheduled, and its worker writes it back.
using System.Management.Automation;
using System.Text;
using MailAdmin.Client;
using MailAdmin.PowerShell.Module;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Queue;

public sealed class QueueReviewTests : IDisposable
{
    private static readonly CancellationToken s_cancellationToken = TestContext.Current.CancellationToken;
    private readonly SandboxServer _server = new(new SandboxOptions { Empty = true, TimeProvider = new FrozenTime(), DeliveryTime = TimeSpan.FromSeconds(1.5) });
    private readonly HostedShell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task A_message_that_comes_back_from_its_delivery_is_cancelled_again()
    {
        await ConnectAsync();
        ulong id = await DeliverAsync("a@remote.test");
        ScriptResult run = _shell.Run($"Remove-MailQueueMessage {id} -Force").ShouldHaveNoErrors();
        (await ListAsync()).ShouldBeEmpty();
        CountRequests("DELETE").ShouldBe(2);
        // Whether the delivery went out before, nobody can tell.
        run.Warnings.ShouldHaveSingleItem().Message.ShouldContain($"{id}");
    }

    [Fact]
    public async Task A_recipient_that_comes_back_from_its_delivery_is_cancelled_again()
    {
        await ConnectAsync();
        ulong id = await DeliverAsync("a@remote.test", "b@other.test");
        _shell.Run($"Remove-MailQueueMessage {id} -Recipient a@remote.test -Force").ShouldHaveNoErrors();
        MailQueueMessage left = _shell.Run($"Get-MailQueueMessage {id}").ShouldHaveNoErrors().OutputAs<MailQueueMessage>().Single();
        left.Recipient.Single(r => r.Address == "a@remote.test").Status.ShouldBe(DeliveryStatus.PermanentFailure);
        left.Recipient.Single(r => r.Address == "b@other.test").IsPending.ShouldBeTrue();
    }

    [Theory]
    [InlineData("Invoke-MailQueueReschedule $id -At $at -PassThru")]
    [InlineData("Invoke-MailQueueReschedule -All -At $at -PassThru -Force")]
    public async Task A_message_whose_delivery_takes_its_time_back_is_rescheduled_again(string script)
    {
        await ConnectAsync();
        _shell.SetVariable("id", await DeliverAsync("a@remote.test"));
        DateTimeOffset at = _server.Clock.GetUtcNow().AddHours(2);
        _shell.SetVariable("at", at);
        MailQueueMessage moved = _shell.Run(script).ShouldHaveNoErrors().OutputAs<MailQueueMessage>().Single();
        moved.NextRetry.ShouldBe(at);
        moved.RetryCount.ShouldBe(1, "the delivery that was under way had ended");
        CountRequests("PATCH").ShouldBe(2);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(6, 0)]
    public async Task What_was_not_due_takes_one_look_and_no_time(int count, int singleReads)
    {
        await ConnectAsync();
        for (int i = 0; i < count; i++)
        {
            await DeliverAsync($"r{i}@remote.test");
        }
        _server.Clock.Advance(TimeSpan.FromSeconds(10));
        MailQueueMessage[] queue = _shell.Run("Get-MailQueueMessage").ShouldHaveNoErrors().OutputAs<MailQueueMessage>();
        queue.Length.ShouldBe(count);
        DateTimeOffset before = _server.Clock.GetUtcNow();
        int requests = _server.RequestCount;
        _shell.SetVariable("queue", queue);
        _shell.Run("$queue | Remove-MailQueueMessage -Force").ShouldHaveNoErrors().Warnings.ShouldBeEmpty();
        _server.Clock.GetUtcNow().ShouldBe(before);
        (await ListAsync()).ShouldBeEmpty();
        // One list of what is due, the cancellations, and the look: a read of the one, or a list.
        _server.RequestLog.Skip(requests).Take(_server.RequestCount - requests - 1).Count(line => line.StartsWith("GET /api/queue/messages/", StringComparison.Ordinal)).ShouldBe(singleReads);
        (_server.RequestCount - requests - 1).ShouldBe(count + 2);
    }

    [Fact]
    public async Task A_message_that_stays_is_an_error_of_its_own_and_the_others_are_done()
    {
        var queue = new FakeQueue(3, new AutoAdvancingTime(DateTimeOffset.UnixEpoch));
        ulong stubborn = queue.Messages.Keys.ElementAt(1);
        queue.SurvivedCancellations[stubborn] = int.MaxValue;
        _shell.Connect(await ConnectAsync(queue));
        ErrorRecord error = _shell.Run("Get-MailQueueMessage | Remove-MailQueueMessage -Force").Errors.ShouldHaveSingleItem();
        error.FullyQualifiedErrorId.ShouldStartWith("MessageStillQueued");
        error.CategoryInfo.Category.ShouldBe(ErrorCategory.ResourceBusy);
        error.TargetObject.ShouldBe(stubborn);
        error.ErrorDetails.RecommendedAction.ShouldContain($"Remove-MailQueueMessage {stubborn}");
        queue.Messages.Keys.ShouldBe([stubborn]);
    }

    [Theory]
    [InlineData("Get-MailQueueMessage | Invoke-MailQueueReschedule -At $at -PassThru")]
    [InlineData("Invoke-MailQueueReschedule -All -At $at -PassThru -Force")]
    public async Task A_next_try_that_does_not_move_is_an_error_and_not_returned(string script)
    {
        var queue = new FakeQueue(2, new AutoAdvancingTime(DateTimeOffset.UnixEpoch));
        _shell.Connect(await ConnectAsync(queue));
        _shell.SetVariable("at", queue.Time.GetUtcNow().AddDays(2));
        ScriptResult run = _shell.Run(script);
        run.Output.ShouldBeEmpty();
        run.Errors.Select(e => e.TargetObject).ShouldBe(queue.Messages.Keys.Cast<object>());
        run.Errors.ShouldAllBe(e => e.FullyQualifiedErrorId.StartsWith("MessageNotRescheduled", StringComparison.Ordinal) && e.CategoryInfo.Category == ErrorCategory.ResourceBusy);
        run.Errors[0].ErrorDetails.RecommendedAction.ShouldContain("-At '1970-01-03");
    }

    [Theory]
    [InlineData("Remove-MailQueueMessage $id -Force")]
    [InlineData("Invoke-MailQueueReschedule $id")]
    public async Task Where_nobody_may_look_the_outcome_is_said_to_be_unknown(string script)
    {
        var queue = new FakeQueue(1, new AutoAdvancingTime(DateTimeOffset.UnixEpoch));
        queue.Server.Intercept = request => request.Method == HttpMethod.Get ? TestResponses.Problem(403, "Forbidden") : null;
        _shell.Connect(await ConnectAsync(queue));
        _shell.SetVariable("id", queue.Messages.Keys.Single());
        _shell.Run(script).ShouldHaveNoErrors().Warnings.ShouldHaveSingleItem().Message.ShouldContain("not known");
        queue.WriteRequests.Count().ShouldBe(1);
    }

    private async Task ConnectAsync()
    {
        await _server.AddUserAsync("john", "john-secret");
        var options = new MailClientOptions
        {
            BaseUri = new Uri("https://sandbox.example.org"),
            RetryHandlerBuilder = IsolatedHttp.CreateRetryHandler,
            Transport = _server.CreateHandler,
            Time = new SteppingTime(_server.Clock),
            OperationTimeout = Timeout.InfiniteTimeSpan,
        };
        _shell.Connect(await MailClient.ConnectAsync(options, MailCredential.FromPassword("admin", "sandbox-admin-secret"), s_cancellationToken));
    }

    private static Task<MailClient> ConnectAsync(FakeQueue queue) => queue.Server.ConnectAsync(change: options => options with { OperationTimeout = Timeout.InfiniteTimeSpan });

    private async Task<ulong> DeliverAsync(params string[] recipients)
    {
        _server.Deliver("john", "john@example.org", recipients, Encoding.ASCII.GetBytes("Subject: hello\r\n\r\nhello\r\n")).ShouldBeNull();
        return (await ListAsync())[^1];
    }

    private async Task<ulong[]> ListAsync() => [.. (await _server.SendAsync("GET", "/api/queue/messages")).Data.GetProperty("items").EnumerateArray().Select(item => item.GetUInt64())];

    private int CountRequests(string method) => _server.RequestLog.Count(line => line.StartsWith($"{method} /api/queue/messages", StringComparison.Ordinal));
}
