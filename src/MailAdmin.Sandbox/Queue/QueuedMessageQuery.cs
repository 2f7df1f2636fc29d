using System.Globalization;
using System.Text;
using MailAdmin.Sandbox.Jmap;

namespace MailAdmin.Sandbox.Queue;

/// <summary>What a query for queued messages asks for. A search in texts reads every message; without one, the times at which something happens are read.</summary>
internal sealed class QueuedMessageQuery
{
    private const int MaxQueueNameBytes = 8;

    private readonly QueryArguments _arguments;
    private readonly string? _text;
    private readonly string? _returnPath;
    private readonly string? _to;
    private readonly string? _queue;
    private readonly long _from = long.MinValue;
    private readonly long _until = long.MaxValue;

    /// <exception cref="MethodException">A filter or an order that there is not.</exception>
    public QueuedMessageQuery(QueryArguments arguments, bool hasSort)
    {
        _arguments = arguments;
        if (hasSort && arguments.SortBy != "due")
        {
            throw MethodException.UnsupportedSort();
        }

        foreach (FilterCondition condition in arguments.Filter)
        {
            switch (condition.Property)
            {
                case "text":
                    _text = ReadText(condition);
                    break;
                case "returnPath":
                    _returnPath = ReadText(condition);
                    break;
                case "to":
                    _to = ReadText(condition);
                    break;
                case "queueName" when Encoding.UTF8.GetByteCount(ReadText(condition)) <= MaxQueueNameBytes:
                    _queue = condition.Text;
                    break;
                case "due":
                    (long from, long until) = ReadRange(condition);
                    _from = Math.Max(_from, from);
                    _until = Math.Min(_until, until);
                    break;
                default:
                    throw Unsupported();
            }
        }

        if (_from > _until)
        {
            throw Unsupported();
        }
    }

    /// <summary>The ids in order, from the anchor's time on where that is what the server reads from.</summary>
    /// <param name="messages">The messages that the caller may see, in the order of their numbers.</param>
    /// <param name="readsAll">Whether every message is read, though no text is searched for.</param>
    public IReadOnlyList<ulong> Find(IReadOnlyList<QueuedMessage> messages, bool readsAll)
    {
        bool searches = _text is not null || _returnPath is not null || _to is not null || readsAll;
        IEnumerable<(QueuedMessage Message, long Due)> found = messages
            .Where(message => !searches || MatchesText(message))
            .Select(message => (Message: message, Due: searches ? FindNextAttempt(message) : FindNextEvent(message)))
            .Where(entry => entry.Due is { } due && due >= _from && due <= _until)
            .Select(entry => (entry.Message, entry.Due!.Value));
        if (searches)
        {
            return [.. (_arguments.IsAscending ? found.OrderBy(entry => entry.Due) : found.OrderByDescending(entry => entry.Due)).Select(entry => entry.Message.Id)];
        }

        // A page after an anchor is counted from what is due when the anchor is.
        (QueuedMessage Message, long Due)[] events = [.. found.OrderBy(entry => entry.Due).ThenBy(entry => entry.Message.Id)];
        if (_arguments.Anchor is { } anchor && messages.FirstOrDefault(message => message.Id == anchor) is { } first && FindNextAttempt(first) is { } start)
        {
            events = [.. events.Where(entry => _arguments.IsAscending ? entry.Due >= start : entry.Due <= start)];
        }

        IEnumerable<ulong> ids = events.Select(entry => entry.Message.Id);
        return [.. _arguments.IsAscending ? ids : ids.Reverse()];
    }

    private bool MatchesText(QueuedMessage message) => _text is not null
        ? message.ReturnPath.Contains(_text, StringComparison.Ordinal) || HasRecipient(message, _text)
        : (_returnPath is null || message.ReturnPath.Contains(_returnPath, StringComparison.Ordinal)) && (_to is null || HasRecipient(message, _to));

    private long? FindNextAttempt(QueuedMessage message) => FindPending(message).Select(domain => (long?)domain.NextRetry).Min();

    private long? FindNextEvent(QueuedMessage message) => FindPending(message).Select(domain => (long?)domain.NextEvent).Min();

    private IEnumerable<QueuedDomain> FindPending(QueuedMessage message) =>
        message.Domains.Where(domain => domain.IsPending && (_queue is null || domain.Recipients[0].Queue == _queue));

    private static bool HasRecipient(QueuedMessage message, string text) => message.Recipients.Any(recipient => recipient.Address.Contains(text, StringComparison.Ordinal));

    private static string ReadText(FilterCondition condition) => condition.Text ?? throw Unsupported();

    private static (long From, long Until) ReadRange(FilterCondition condition)
    {
        if (!DateTimeOffset.TryParse(condition.Text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time))
        {
            throw Unsupported();
        }

        long seconds = time.ToUnixTimeSeconds();
        return condition.Comparison switch
        {
            FilterComparison.GreaterThan => (seconds + 1, long.MaxValue),
            FilterComparison.GreaterThanOrEqual => (seconds, long.MaxValue),
            FilterComparison.LessThan => (long.MinValue, seconds - 1),
            FilterComparison.LessThanOrEqual => (long.MinValue, seconds),
            _ => (seconds, seconds),
        };
    }

    private static MethodException Unsupported() => MethodException.UnsupportedFilter("Queued messages cannot be filtered so.");
}
