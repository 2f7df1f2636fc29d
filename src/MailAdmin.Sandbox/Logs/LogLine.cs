using MailAdmin.Sandbox.Events;
using MailAdmin.Sandbox.Values;

namespace MailAdmin.Sandbox.Logs;

/// <summary>One line of the log. It is formatted only when it is read.</summary>
/// <param name="Number">Its place in the log, from 1 on.</param>
/// <param name="Time">When.</param>
/// <param name="Event">What happened.</param>
/// <param name="QuotesServerText">Whether texts of the server itself are quoted.</param>
internal sealed record LogLine(ulong Number, DateTimeOffset Time, LogEvent Event, bool QuotesServerText)
{
    public LogLevel Level => Event.Level;

    public string Message => Event.Message;

    public string Id => Event.Id;

    public string Details => string.Join(", ", Event.Details.Select(Format));

    public string FormattedTime => Timestamp.Format(Time);

    /// <summary>The line as in a log file; filters match this.</summary>
    public string Raw => $"{FormattedTime} {Level.GetName()} {Message} ({Id}) {Details}";

    private string Format(LogDetail detail)
    {
        bool isQuoted = detail.Kind == LogValueKind.ExternalText || (detail.Kind == LogValueKind.ServerText && QuotesServerText);
        return isQuoted ? $"{detail.Key} = \"{detail.Value}\"" : $"{detail.Key} = {detail.Value}";
    }
}
