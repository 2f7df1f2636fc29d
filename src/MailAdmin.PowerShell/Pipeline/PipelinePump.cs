using System.Collections.Concurrent;

namespace MailAdmin.PowerShell.Pipeline;

/// <summary>
/// Waits for tasks on the pipeline thread, the only one that may write, while running what other threads post (progress, prompts). Its token is
/// cancelled when the pipeline is stopped and when the cmdlet is disposed: with <c>Select-Object -First</c> or <c>break</c> PowerShell calls only
/// Dispose.
/// </summary>
internal sealed class PipelinePump : IDisposable
{
    private static readonly TimeSpan s_cancellationTimeout = TimeSpan.FromSeconds(2);

    private readonly BlockingCollection<Action> _posted = [];
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Cancelled when results are no longer needed.</summary>
    public CancellationToken Token => _stopping.Token;

    /// <summary>Runs on the pipeline thread after each wait, however it ended.</summary>
    public Action? WaitEnded { get; init; }

    /// <summary>Runs <paramref name="action"/> on the pipeline thread during the next wait. From any thread; ignored once disposed.</summary>
    public void Post(Action action)
    {
        try
        {
            _posted.TryAdd(action);
        }
        catch (Exception e) when (e is ObjectDisposedException or InvalidOperationException)
        {
            // The cmdlet has ended: nothing can be shown any more.
        }
    }

    /// <summary>Runs <paramref name="function"/> on the pipeline thread during the next wait and returns its result.</summary>
    public Task<T> InvokeAsync<T>(Func<T> function)
    {
        var completion = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(() =>
        {
            try
            {
                completion.TrySetResult(function());
            }
            catch (Exception e)
            {
                completion.TrySetException(e);
                throw;
            }
        });
        return completion.Task.WaitAsync(Token);
    }

    /// <summary>Runs what was posted so far.</summary>
    public void Drain()
    {
        while (_posted.TryTake(out Action? action))
        {
            action();
        }
    }

    /// <summary>Waits for <paramref name="task"/> on the pipeline thread, running what is posted in the meantime.</summary>
    public T Wait<T>(Task<T> task)
    {
        RunUntilCompleted(task);
        return task.GetAwaiter().GetResult();
    }

    /// <summary>Waits for <paramref name="task"/> on the pipeline thread, running what is posted in the meantime.</summary>
    public void Wait(Task task)
    {
        RunUntilCompleted(task);
        task.GetAwaiter().GetResult();
    }

    /// <summary>
    /// Walks an asynchronous sequence on the pipeline thread, asking for the next element only when the last one was taken. Leaving the
    /// loop early cancels what is in progress and waits for it to end; so does <paramref name="limit"/>.
    /// </summary>
    public IEnumerable<T> Enumerate<T>(Func<CancellationToken, IAsyncEnumerable<T>> source, CancellationToken limit = default)
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token, limit);
        IAsyncEnumerator<T> enumerator = source(cancellation.Token).GetAsyncEnumerator(cancellation.Token);
        Task<bool>? pending = null;
        try
        {
            while (MoveNext(enumerator, ref pending))
            {
                yield return enumerator.Current;
            }
        }
        finally
        {
            cancellation.Cancel();
            WaitForCancellation(DisposeAsync(enumerator, pending));
        }
    }

    /// <summary>Cancels: the pipeline is stopping.</summary>
    public void Stop() => _stopping.Cancel();

    /// <summary>Cancels and waits a moment for <paramref name="tasks"/> to end.</summary>
    public void CancelAndWait(IEnumerable<Task> tasks)
    {
        _stopping.Cancel();
        WaitForCancellation(Task.WhenAll(tasks));
    }

    public void Dispose()
    {
        _stopping.Cancel();
        _posted.CompleteAdding();
    }

    private bool MoveNext<T>(IAsyncEnumerator<T> enumerator, ref Task<bool>? pending)
    {
        ValueTask<bool> next = enumerator.MoveNextAsync();
        // Most elements of a page are there already; a task per element would cost more than the element.
        if (next.IsCompletedSuccessfully)
        {
            return next.Result;
        }
        pending = next.AsTask();
        return Wait(pending);
    }

    // What was posted may throw while the next element is awaited, and a sequence that runs cannot be disposed.
    private static async Task DisposeAsync<T>(IAsyncEnumerator<T> enumerator, Task? pending)
    {
        if (pending is not null)
        {
            await pending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await enumerator.DisposeAsync().ConfigureAwait(false);
    }

    private void RunUntilCompleted(Task task)
    {
        Drain();
        if (task.IsCompleted)
        {
            return;
        }
        task.ContinueWith(
            static (_, state) => ((PipelinePump)state!).Post(static () => { }),
            this, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        while (!task.IsCompleted)
        {
            _posted.Take()();
        }
        WaitEnded?.Invoke();
    }

    private static void WaitForCancellation(Task task)
    {
        try
        {
            task.Wait(s_cancellationTimeout);
        }
        catch (AggregateException)
        {
            // It was cancelled, or failed when its result was no longer needed.
        }
    }
}
