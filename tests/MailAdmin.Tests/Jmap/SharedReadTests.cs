using MailAdmin.Client.Jmap;

namespace MailAdmin.Tests.Jmap;

public sealed class SharedReadTests
{
    [Fact]
    public async Task Who_asks_while_it_is_read_shares_the_next_read()
    {
        var gate = new TaskCompletionSource();
        int reads = 0;
        var read = new SharedRead<int>(async _ =>
        {
            int number = Interlocked.Increment(ref reads);
            await gate.Task;
            return number;
        });
        Task<int> first = read.ReadAsync(TestContext.Current.CancellationToken);
        while (Volatile.Read(ref reads) == 0)
        {
            await Task.Yield();
        }
        Task<int>[] later = [.. Enumerable.Range(0, 20).Select(_ => read.ReadAsync(TestContext.Current.CancellationToken))];
        gate.SetResult();
        (await first).ShouldBe(1);
        (await Task.WhenAll(later)).ShouldAllBe(number => number == 2);
        (await read.ReadAsync(TestContext.Current.CancellationToken)).ShouldBe(3);
    }

    [Fact]
    public async Task A_failure_is_that_of_all_who_waited_and_of_nobody_after_them()
    {
        bool fails = true;
        var read = new SharedRead<int>(_ => fails ? throw new InvalidOperationException("…") : Task.FromResult(1));
        await Should.ThrowAsync<InvalidOperationException>(read.ReadAsync(TestContext.Current.CancellationToken));
        fails = false;
        (await read.ReadAsync(TestContext.Current.CancellationToken)).ShouldBe(1);
    }
}
