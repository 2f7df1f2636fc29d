namespace MailAdmin.Sandbox.Events;

/// <summary>An event of the log.</summary>
/// <param name="Level">Its level.</param>
/// <param name="Id">The stable name, such as <c>http.request-url</c>.</param>
/// <param name="Message">The text for readers.</param>
/// <param name="Details">Further keys and values.</param>
internal sealed record LogEvent(LogLevel Level, string Id, string Message, params IReadOnlyList<LogDetail> Details);
