namespace MailAdmin.Sandbox.Reports;

/// <summary>A report that came in by mail. It expires at a time in seconds since 1970.</summary>
internal sealed record IncomingReport(
    ulong Id, long ExpiresAt, string Kind, string From, IReadOnlyList<string> To, string Subject, byte[] Json, IReadOnlyList<string> SearchTexts)
{
    /// <summary>How long a report is kept.</summary>
    public const long LifetimeSeconds = 30 * 24 * 60 * 60;

    /// <summary>When it came, in seconds since 1970.</summary>
    public long ReceivedAt => ExpiresAt - LifetimeSeconds;

    public bool ContainsText(string text) => SearchTexts.Any(candidate => candidate.Contains(text, StringComparison.Ordinal));

    /// <summary>Whether it came from or to one of these domains, which is all that a tenant may see.</summary>
    public bool InvolvesAny(IReadOnlySet<string> domains) => domains.Any(
        domain => From.EndsWith(domain, StringComparison.Ordinal) || To.Any(recipient => recipient.EndsWith(domain, StringComparison.Ordinal)));
}
