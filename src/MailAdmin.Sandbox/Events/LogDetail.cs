namespace MailAdmin.Sandbox.Events;

/// <summary>One <c>key = value</c> of a line.</summary>
/// <param name="Key">The key.</param>
/// <param name="Value">The value as text.</param>
/// <param name="Kind">Decides whether the value is quoted.</param>
internal sealed record LogDetail(string Key, string Value, LogValueKind Kind)
{
    /// <summary>A text from a client.</summary>
    public static LogDetail ExternalText(string key, string value) => new(key, value, LogValueKind.ExternalText);

    /// <summary>A text of the server itself.</summary>
    public static LogDetail ServerText(string key, string value) => new(key, value, LogValueKind.ServerText);

    /// <summary>A number, an address, a duration.</summary>
    public static LogDetail Plain(string key, string value) => new(key, value, LogValueKind.Plain);
}
