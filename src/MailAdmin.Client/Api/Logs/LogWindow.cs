namespace MailAdmin.Client.Api.Logs;

/// <summary>The newest part of the log as one answer showed it.</summary>
/// <param name="Entries">The entries, the oldest first.</param>
/// <param name="IsWholeLog">Whether the log begins with the first of them.</param>
internal sealed record LogWindow(IReadOnlyList<MailLogEntry> Entries, bool IsWholeLog);
