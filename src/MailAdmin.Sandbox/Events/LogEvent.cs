namespace MailAdmin.Sandbox.Events;

/// <summary>What happened, as a log names it.</summary>
/// <param name="Level">How much it matters.</param>
/// <param name="Id">The stable name, such as <c>http.request-url</c>.</param>
/// <param name="Message">The same for people.</param>
/// <param name="Details">More about it.</param>
internal sealed record LogEvent(LogLevel Level, string Id, string Message, params IReadOnlyList<LogDetail> Details);
