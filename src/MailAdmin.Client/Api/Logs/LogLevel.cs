namespace MailAdmin.Client;

/// <summary>How important an entry of the server's log is, least first, so that levels can be compared: <c>Where-Object Level -ge Warn</c>.</summary>
public enum LogLevel : long
{
    /// <summary>Every step.</summary>
    Trace,
    /// <summary>For finding faults.</summary>
    Debug,
    /// <summary>What happens.</summary>
    Info,
    /// <summary>What may need attention.</summary>
    Warn,
    /// <summary>What failed.</summary>
    Error,
    /// <summary>A level of a later server; its word is in <c>AdditionalData</c>.</summary>
    Other,
}
