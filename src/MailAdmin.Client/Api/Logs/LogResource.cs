// /logs: what the server writes into its log.
using MailAdmin.Client.Api.Logs;
using MailAdmin.Client.Http;

namespace MailAdmin.Client;

/// <summary>The server's log (docs/api.md §6.12). Needs a tracer that writes to files, and the permission <c>logs-view</c>.</summary>
public sealed class LogResource
{
    private readonly ILog _log;
    private readonly RenewalMarks _renewals;
    private readonly WaitNotifier _waitNotifier;
    private readonly TimeProvider _time;

    internal LogResource(ILog log, RenewalMarks renewals, WaitNotifier waitNotifier, TimeProvider time) =>
        (_log, _renewals, _waitNotifier, _time) = (log, renewals, waitNotifier, time);

    /// <summary>Whether the server tells how many lines its log has, roughly: not from 0.16 on.</summary>
    public bool CountsEntries => _log.CountsEntries;

    /// <summary>
    /// The entries of the log, the newest first (GET /logs). What asking for them writes into the log is left out, as in
    /// <see cref="FollowAsync"/>.
    /// </summary>
    /// <param name="query">What is wanted.</param>
    /// <param name="onTotal">Receives the server's estimate of how many lines there are: those it read, and a page more where there are more.</param>
    /// <param name="onGap">Receives a notice when the log changed so much between two pages that entries may be missing or come twice.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    /// <returns>The entries, streamed.</returns>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>logs-view</c>; <c>RejectedByClient</c> for a blank text, which
    /// would be everything; <c>Unsupported</c> where the server writes no log files; <c>RejectedByServer</c> where it cannot read them.</exception>
    public IAsyncEnumerable<MailLogEntry> ListAsync(LogQuery query, Action<long>? onTotal = null, Action<LogGap>? onGap = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfNegative(query.Skip, nameof(query));
        CheckText(query.Text);
        return _log.ListAsync(query, new PollNoiseFilter(_renewals), onTotal, onGap, cancellationToken);
    }

    /// <summary>
    /// The last entries, and then each one as it is written, the oldest first (GET /logs, polled). What following the log itself writes into it is
    /// left out: the requests of these polls, renewals of the connection's token in the meantime, the sign-ins logged with them, and the connections that carry nothing else. A server that becomes
    /// unreachable is waited for, up to five minutes.
    /// </summary>
    /// <param name="query">What is wanted.</param>
    /// <param name="onGap">Receives why entries may be missing before the next one.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The entries, streamed.</returns>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>logs-view</c>; <c>RejectedByClient</c> for a blank text, which
    /// would be everything; <c>Unsupported</c> where the server writes no log files; <c>RejectedByServer</c> where it cannot read them.</exception>
    public IAsyncEnumerable<MailLogEntry> FollowAsync(LogFollowQuery query, Action<LogGap>? onGap = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfNegative(query.Tail, nameof(query));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(query.Interval, TimeSpan.Zero, nameof(query));
        CheckText(query.Text);
        return new LogFollower((limit, mark, token) => _log.PollAsync(query.Text, limit, mark, token), query, new PollNoiseFilter(_renewals), onGap, _waitNotifier, _time).RunAsync(cancellationToken);
    }

    private static void CheckText(string? text)
    {
        if (text is null)
        {
            return;
        }
        if (string.IsNullOrWhiteSpace(text))
        {
            throw MailServerException.CreateRefusal(Operations.ListLogs, nameof(LogQuery.Text), "Text is blank: the server would ignore it and give the whole log.");
        }
        // A question mark may be meant: addresses of requests hold one.
        if (text.Contains('*', StringComparison.Ordinal))
        {
            throw MailServerException.CreateRefusal(Operations.ListLogs, nameof(LogQuery.Text), $"'{text}' contains a wildcard, which the server does not support: it looks for this character. Specify part of the line.");
        }
    }
}
