using System.Runtime.CompilerServices;
using MailAdmin.Client.Api.Streams;
using MailAdmin.Client.Http;

namespace MailAdmin.Client.Api.Logs;

/// <summary>Follows the log: polls its end and gives what is new.</summary>
/// <param name="look">Reads the newest entries: so many, for a poll with this marker.</param>
/// <param name="query">What is wanted.</param>
/// <param name="noiseFilter">Recognises what the polls write into the log.</param>
/// <param name="onGap">Receives why entries may be missing, before the next one is given.</param>
/// <param name="waitNotifier">Reports that the server is unreachable and that the client waits for it.</param>
/// <param name="time">The clock that waits.</param>
internal sealed class LogFollower(Func<int, string, CancellationToken, Task<LogWindow>> look, LogFollowQuery query, PollNoiseFilter noiseFilter, Action<LogGap>? onGap, WaitNotifier waitNotifier, TimeProvider time)
{
    /// <summary>How many entries a poll asks for; what the server gives by itself.</summary>
    public const int DefaultPollSize = 100;
    /// <summary>How many entries a poll asks for at most.</summary>
    public const int MaxPollSize = 25_600;

    private readonly LogTail _tail = new(MaxPollSize);
    private readonly ReconnectPolicy _reconnectPolicy = new(waitNotifier, time);

    public async IAsyncEnumerable<MailLogEntry> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using CancellationTokenSource? timer = query.Duration is { } duration ? new CancellationTokenSource(duration, time) : null;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer?.Token ?? default);
        for (bool isFirst = true; await WaitAsync(isFirst, ending.Token, cancellationToken).ConfigureAwait(false); isFirst = false)
        {
            if (await PollNewEntriesAsync(ending.Token, cancellationToken).ConfigureAwait(false) is not { } step)
            {
                yield break;
            }
            if (step.Gap is { } gap)
            {
                onGap?.Invoke(gap);
            }
            IEnumerable<MailLogEntry> wanted = noiseFilter.Filter(step.Added).Where(entry => query.Match?.Invoke(entry) ?? true);
            foreach (MailLogEntry entry in isFirst ? wanted.TakeLast(query.Tail) : wanted)
            {
                yield return entry;
            }
        }
    }

    // False when the time is over.
    private async Task<bool> WaitAsync(bool isFirst, CancellationToken ending, CancellationToken stopping)
    {
        try
        {
            if (!isFirst)
            {
                await Task.Delay(query.Interval, time, ending).ConfigureAwait(false);
            }
            return !ending.IsCancellationRequested;
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return false;
        }
    }

    // Null when the time is over.
    private async Task<LogPollResult?> PollNewEntriesAsync(CancellationToken ending, CancellationToken stopping)
    {
        try
        {
            int limit = Math.Max(DefaultPollSize, query.Tail);
            while (true)
            {
                LogPollResult step = _tail.AddWindow(await PollAsync(limit, ending).ConfigureAwait(false), limit);
                if (step.RequiredLimit is not { } more)
                {
                    return step;
                }
                limit = more;
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested && !stopping.IsCancellationRequested)
        {
            return null;
        }
    }

    // Over a restart of the server, which is when one follows its log; what it has written since is found by the next poll.
    private async Task<LogWindow> PollAsync(int limit, CancellationToken cancellationToken)
    {
        while (true)
        {
            MailServerException fault;
            try
            {
                LogWindow window = await look(limit, noiseFilter.NextMarker(), cancellationToken).ConfigureAwait(false);
                _reconnectPolicy.MarkConnected();
                _reconnectPolicy.ResetBackoff();
                return window;
            }
            catch (MailServerException e) when (_reconnectPolicy.ShouldReconnect(e))
            {
                fault = e;
            }
            await _reconnectPolicy.WaitAsync(fault.Message, pause => $"The log is looked at again in {pause}.", cancellationToken).ConfigureAwait(false);
        }
    }
}
