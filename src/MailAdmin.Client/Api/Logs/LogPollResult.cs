namespace MailAdmin.Client.Api.Logs;

/// <summary>What a poll of a followed log returned.</summary>
/// <param name="RequiredLimit">How many entries to ask for instead, since these do not reach back far enough; null when they do.</param>
/// <param name="Added">What was written since the last poll, the oldest first.</param>
/// <param name="Gap">Why something may be missing before or among them; null when nothing is.</param>
internal sealed record LogPollResult(int? RequiredLimit, IReadOnlyList<MailLogEntry> Added, LogGap? Gap);
