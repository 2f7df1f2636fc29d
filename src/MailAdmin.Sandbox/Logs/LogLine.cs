using MailAdmin.Sandbox.Events;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Logs;

/// <summary>One line of the log. It is put into words only when someone reads it.</summary>
internal sealed record LogLine(DateTimeOffset Time, LogEvent Happened, bool QuotesWords)
{
    public LogLevel Level => Happened.Level;

    public string Sentence => Happened.Sentence;

    public string Id => Happened.Id;

    public string Details => string.Join(", ", Happened.Details.Select(Format));

    public string Stamp => Timestamp.Format(Time.ToUnixTimeSeconds());

    /// <summary>As it would stand in a file; this is what a filter looks at.</summary>
    public string Raw => $"{Stamp} {Level.Name()} {Sentence} ({Id}) {Details}";

    private string Format(LogDetail detail)
    {
        bool isQuoted = detail.Kind == LogValueKind.Text || (detail.Kind == LogValueKind.Words && QuotesWords);
        return isQuoted ? $"{detail.Key} = \"{detail.Value}\"" : $"{detail.Key} = {detail.Value}";
    }
}
