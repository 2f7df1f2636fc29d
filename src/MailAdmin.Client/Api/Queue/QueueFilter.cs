using MailAdmin.Client.Api.Lists;

namespace MailAdmin.Client;

/// <summary>
/// A filter of queued messages: a substring of any address, or substrings of sender and recipient; or, by <see cref="Everything"/>, all of them.
/// There is no empty filter: the server ignores what it does not understand, and then takes every message.
/// </summary>
public sealed record QueueFilter
{
    private QueueFilter()
    {
    }

    /// <summary>Every message of the queue.</summary>
    public static QueueFilter Everything { get; } = new();

    /// <summary>A part of the return path or of any recipient.</summary>
    public string? Text { get; private init; }
    /// <summary>A part of the return path.</summary>
    public string? From { get; private init; }
    /// <summary>A part of any recipient.</summary>
    public string? To { get; private init; }

    /// <summary>Whether it is every message.</summary>
    public bool IsEverything => Text is null && From is null && To is null;

    /// <summary>Makes a filter; at least one part must be given, and <paramref name="text"/> goes alone.</summary>
    /// <exception cref="MailServerException"><c>RejectedByClient</c> for what the server would ignore: nothing, blanks, wildcards, text beside the others.</exception>
    public static QueueFilter Create(string? text, string? from, string? to)
    {
        if (text is not null && (from is not null || to is not null))
        {
            throw MailServerException.CreateRefusal(Operations.ListQueueMessages, nameof(Text), "The server ignores a sender and a recipient beside a text. Give the text alone, or sender and recipient.");
        }
        var filter = new QueueFilter { Text = NormalizePart(text, nameof(Text)), From = NormalizePart(from, nameof(From)), To = NormalizePart(to, nameof(To)) };
        return filter.IsEverything ? throw MailServerException.CreateRefusal(Operations.ListQueueMessages, null, "A filter without a part would be every message of the queue.") : filter;
    }

    /// <inheritdoc/>
    public override string ToString() => IsEverything
        ? "every message"
        : string.Join(" and ", new[] { DescribePart("any address", Text), DescribePart("the sender", From), DescribePart("a recipient", To) }.OfType<string>());

    // Recipients are lower-case on the server, and it compares byte for byte.
    private static string? NormalizePart(string? part, string name)
    {
        string? normalized = ListFilter.Normalize(
            part, Operations.ListQueueMessages, name, "take every message", "it looks for these characters. Specify part of the address, such as '@example.org'")?.ToLowerInvariant();
        return normalized is null || normalized.Any(char.IsLetterOrDigit)
            ? normalized
            : throw MailServerException.CreateRefusal(Operations.ListQueueMessages, name, $"'{normalized}' is in nearly every address. Specify a part with letters or digits, such as '@example.org'.");
    }

    private static string? DescribePart(string where, string? part) => part is null ? null : $"'{part}' in {where}";
}
