// /logs: what the server writes into its log.
using MailAdmin.Client.Api.Logs;
using MailAdmin.Client.Http;

namespace MailAdmin.Client;

/// <summary>The server's log (contract §6.12). Needs a tracer that writes to files, and the permission <c>logs-view</c>.</summary>
public sealed class LogResource
{
    private readonly ApiChannel _channel;
    private readonly WaitNotifier _waitNotifier;
    private readonly TimeProvider _time;

    internal LogResource(ApiChannel channel, WaitNotifier waitNotifier, TimeProvider time) => (_channel, _waitNotifier, _time) = (channel, waitNotifier, time);

    /// <summary>The entries, the newest first (GET /logs).</summary>
    /// <param name="query">What is wanted.</param>
    /// <param name="onTotal">Told how many lines there are, by the server's estimate: those it looked at, and a page more where there are more.</param>
    /// <param name="onGap">Told when the log changed so much between two pages that entries may be missing or come twice.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    /// <exception cref="MailServerException"><c>RefusedByClient</c> for a blank text, which would be everything; <c>Unsupported</c> where the server writes no log
    /// files; <c>Refused</c> where it cannot read them.</exception>
    public IAsyncEnumerable<MailLogEntry> ListAsync(LogQuery query, Action<long>? onTotal = null, Action<LogGap>? onGap = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfNegative(query.Skip, nameof(query));
        CheckText(query.Text);
        return new LogListing(_channel, query, onTotal, onGap).RunAsync(cancellationToken);
    }

    /// <summary>
    /// The last entries, and then each one as it is written, the oldest first (GET /logs, again and again). What following the log itself writes into it
    /// is left out: the requests of these looks, the sign-ins logged with them, and the connections that carry nothing else.
    /// A server that is away, once it has answered, is awaited for five minutes.
    /// </summary>
    /// <param name="query">What is wanted.</param>
    /// <param name="onGap">Told why entries may be missing before the next one.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="MailServerException">As <see cref="ListAsync"/>.</exception>
    public IAsyncEnumerable<MailLogEntry> FollowAsync(LogFollowQuery query, Action<LogGap>? onGap = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfNegative(query.Tail, nameof(query));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(query.Interval, TimeSpan.Zero, nameof(query));
        CheckText(query.Text);
        return new LogFollower((limit, mark, token) => LogListing.PollAsync(_channel, query.Text, limit, mark, token), query, onGap, _waitNotifier, _time).RunAsync(cancellationToken);
    }

    private static void CheckText(string? text)
    {
        if (text is null)
        {
            return;
        }
        if (string.IsNullOrWhiteSpace(text))
        {
            throw CreateRefusal("Text is blank: the server would ignore it and give the whole log.");
        }
        // A question mark may be meant: addresses of requests hold one.
        if (text.Contains('*', StringComparison.Ordinal))
        {
            throw CreateRefusal($"'{text}' holds a wildcard, and the server knows none: it looks for this character. Give a part of the line.");
        }
    }

    private static MailServerException CreateRefusal(string message) => new(MailErrorCode.RefusedByClient, Operations.ListLogs, message) { Field = "Text" };
}
