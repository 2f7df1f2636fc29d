using System.Globalization;
using MailAdmin.Client.Http;

namespace MailAdmin.Client.Api.Streams;

/// <summary>What is known of the time without a stream: how long it lasts, how often it was tried, and whether there is hope.</summary>
internal sealed class ReconnectPolicy(WaitNotifier waitNotifier, TimeProvider time)
{
    private static readonly TimeSpan s_firstDelay = TimeSpan.FromSeconds(1);

    /// <summary>How long a server may be away before its stream is given up: longer than a restart takes.</summary>
    internal static readonly TimeSpan MaxOutage = TimeSpan.FromMinutes(5);

    private bool _wasConnected;
    private DateTimeOffset? _disconnectedSince;
    private int _attempts;

    /// <summary>The stream is open (again).</summary>
    public void MarkConnected() => (_wasConnected, _disconnectedSince) = (true, null);

    /// <summary>Something arrived: the next outage begins with short pauses.</summary>
    public void ResetBackoff() => _attempts = 0;

    /// <summary>Whether to try again after <paramref name="error"/>: it is none of the server's refusals, and the stream was open before.</summary>
    public bool ShouldReconnect(MailServerException error) => _wasConnected
        && error.Code is MailErrorCode.Unreachable or MailErrorCode.TimedOut or MailErrorCode.ServerError or MailErrorCode.RateLimited
        && !(_disconnectedSince is { } since && time.GetUtcNow() - since > MaxOutage);

    /// <summary>Waits before the next attempt, longer each time, and reports why.</summary>
    /// <param name="reason">What went wrong, as a sentence.</param>
    /// <param name="next">What is done after the pause.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task WaitAsync(string reason, Func<string, string> next, CancellationToken cancellationToken)
    {
        _disconnectedSince ??= time.GetUtcNow();
        TimeSpan pause = Backoff.Exponential(s_firstDelay, _attempts++);
        waitNotifier.Notify($"{reason} {next(string.Create(CultureInfo.InvariantCulture, $"{pause.TotalSeconds:0.0} s"))}", pause, WaitKind.Retry);
        return Task.Delay(pause, time, cancellationToken);
    }
}
