using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Logs;

/// <summary>One line of the log.</summary>
internal sealed record LogLine(DateTimeOffset Time, LogLevel Level, string Sentence, string Id, string Details)
{
    public string Stamp => Timestamp.Format(Time.ToUnixTimeSeconds());

    /// <summary>As it would stand in a file; this is what a filter looks at.</summary>
    public string Raw => $"{Stamp} {Level.Name()} {Sentence} ({Id}) {Details}";
}
