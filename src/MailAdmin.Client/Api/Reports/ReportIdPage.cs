namespace MailAdmin.Client;

/// <summary>Ids of reports, as a listing gives them.</summary>
/// <param name="Total">How many match altogether.</param>
/// <param name="Ids">Those asked for.</param>
public sealed record ReportIdPage(long Total, IReadOnlyList<string> Ids);
