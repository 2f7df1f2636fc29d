namespace MailAdmin.Client.Http;

/// <summary>What a call found that the server, or a proxy in its place, did not answer.</summary>
/// <param name="Cause">What went wrong with the call.</param>
/// <param name="Timeout">For how long to wait for the server.</param>
/// <param name="SentAfter">How many recoveries had begun when the call was sent.</param>
/// <param name="EarlierRecoveries">How many recoveries in a row were none: such calls found the server away again. The pauses are longer then.</param>
/// <param name="RetryAfter">The pause that the answer asks for.</param>
internal sealed record Outage(string Cause, TimeSpan Timeout, int SentAfter, int EarlierRecoveries, TimeSpan? RetryAfter);
