using System.Globalization;
using MailAdmin.Client.Http;

namespace MailAdmin.Client.Api.Streams;

/// <summary>What is known of the time without a stream: how long it lasts, how often it was tried, and whether there is hope.</summary>
internal sealed class Outage(Waits waits, TimeProvider time)
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromSeconds(1);

    /// <summary>How long a server may be away before its stream is given up: longer than a restart takes.</summary>
    internal static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private bool _wasOpen;
    private DateTimeOffset? _since;
    private int _attempts;

    /// <summary>The stream is open (again).</summary>
    public void End() => (_wasOpen, _since) = (true, null);

    /// <summary>Something arrived: the next outage begins with short pauses.</summary>
    public void Forget() => _attempts = 0;

    /// <summary>Whether to try again after <paramref name="fault"/>: it is none of the server's refusals, and the stream was open before.</summary>
    public bool MaySurvive(MailServerException fault) => _wasOpen
        && fault.Code is MailErrorCode.Unreachable or MailErrorCode.TimedOut or MailErrorCode.ServerError or MailErrorCode.RateLimited
        && !(_since is { } since && time.GetUtcNow() - since > Longest);

    /// <summary>Sits out the pause before the next attempt, which grows from one to the next, and tells why.</summary>
    /// <param name="reason">What went wrong, as a sentence.</param>
    /// <param name="next">What is done after the pause.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task WaitAsync(string reason, Func<string, string> next, CancellationToken cancellationToken)
    {
        _since ??= time.GetUtcNow();
        TimeSpan pause = Backoff.Exponential(s_firstPause, _attempts++);
        waits.Announce($"{reason} {next(string.Create(CultureInfo.InvariantCulture, $"{pause.TotalSeconds:0.0} s"))}", pause, WaitKind.Retry);
        return Task.Delay(pause, time, cancellationToken);
    }
}
