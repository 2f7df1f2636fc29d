using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Queue;

/// <summary>Which messages a call means. What the server does not know or cannot read is no filter at all: then it means everything.</summary>
internal sealed class QueueFilter
{
    private readonly string? text;
    private readonly string? from;
    private readonly string? to;
    private readonly long? before;
    private readonly long? after;
    private readonly ulong first;
    private readonly ulong last;
    private readonly string? queue;

    public QueueFilter(QueryValues query, long now, ServerDialect dialect)
    {
        text = query["text"];
        from = query["from"];
        to = query["to"];
        before = FutureTime.Read(query["before"], now);
        after = FutureTime.Read(query["after"], now);
        first = query.LongNumber("range-start") ?? 0;
        last = query.LongNumber("range-end") ?? ulong.MaxValue;
        queue = dialect.QueuesByRecipient ? query["queue"] : null;
        Now = now;
        Paging = new Paging(query);
    }

    public long Now { get; }

    public Paging Paging { get; }

    public bool Matches(QueuedMessage message) =>
        message.Id >= first && message.Id <= last && MatchesText(message) && MatchesTime(message.NextAttempt ?? Now)
        && (queue is null || message.Recipients.Any(recipient => recipient.Queue == queue));

    private bool MatchesText(QueuedMessage message) => text is not null
        ? message.ReturnPath.Contains(text, StringComparison.Ordinal) || GoesTo(message, text)
        : (from is null || message.ReturnPath.Contains(from, StringComparison.Ordinal)) && (to is null || GoesTo(message, to));

    private bool MatchesTime(long next) => (before is null || next < before) && (after is null || next > after);

    private static bool GoesTo(QueuedMessage message, string part) =>
        message.Recipients.Any(recipient => recipient.LowerAddress.Contains(part, StringComparison.Ordinal));
}
