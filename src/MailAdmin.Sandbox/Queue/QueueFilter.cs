using MailAdmin.Sandbox.Api;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Queue;

/// <summary>Which messages a call selects. The server ignores a filter that it does not know or cannot read: then all messages match.</summary>
internal sealed class QueueFilter
{
    private readonly string? _text;
    private readonly string? _from;
    private readonly string? _to;
    private readonly long? _before;
    private readonly long? _after;
    private readonly ulong _first;
    private readonly ulong _last;
    private readonly string? _queue;

    public QueueFilter(QueryValues query, long now, ServerDialect dialect)
    {
        _text = query["text"];
        _from = query["from"];
        _to = query["to"];
        _before = RequestTime.ParseFuture(query["before"], now);
        _after = RequestTime.ParseFuture(query["after"], now);
        _first = query.GetUInt64("range-start") ?? 0;
        _last = query.GetUInt64("range-end") ?? ulong.MaxValue;
        _queue = dialect.QueuesByRecipient ? query["queue"] : null;
        Now = now;
        Paging = new Paging(query);
    }

    public long Now { get; }

    public Paging Paging { get; }

    public bool Matches(QueuedMessage message) =>
        message.Id >= _first && message.Id <= _last && MatchesText(message) && MatchesTime(message.NextAttempt ?? Now)
        && (_queue is null || message.Recipients.Any(recipient => recipient.Queue == _queue));

    private bool MatchesText(QueuedMessage message) => _text is not null
        ? message.ReturnPath.Contains(_text, StringComparison.Ordinal) || HasRecipient(message, _text)
        : (_from is null || message.ReturnPath.Contains(_from, StringComparison.Ordinal)) && (_to is null || HasRecipient(message, _to));

    private bool MatchesTime(long next) => (_before is null || next < _before) && (_after is null || next > _after);

    private static bool HasRecipient(QueuedMessage message, string text) =>
        message.Recipients.Any(recipient => recipient.LowerAddress.Contains(text, StringComparison.Ordinal));
}
