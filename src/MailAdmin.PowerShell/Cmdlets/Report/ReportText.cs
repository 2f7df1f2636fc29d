using MailAdmin.Client;

namespace MailAdmin.PowerShell.Cmdlets.Report;

/// <summary>What a report is about, for a question: its id says nothing to people. What strangers wrote is cleaned, and kept short.</summary>
internal static class ReportText
{
    private const int MaxLength = 60;

    /// <summary>Such as <c>for example.org, from google.com, 2026-11-30 to 2026-12-01</c>; null of one that only its id is known of.</summary>
    public static string? Describe(MailReport report) => report switch
    {
        MailDmarcReport dmarc => Join(dmarc.Domain, dmarc.Organization, dmarc.Begin, dmarc.End),
        MailTlsReport tls => Join(tls.Domain.ToString(), tls.Organization, tls.Begin, tls.End),
        MailArfReport arf => Join(arf.ReportedDomain.ToString(), arf.From, arf.Received ?? arf.Created, null),
        _ => null,
    };

    /// <summary>The same of a report that waits to be sent.</summary>
    public static string? Describe(MailQueueReport report) => Join(report.Domain, "", report.Begin, report.End);

    private static string? Join(string domain, string sender, DateTimeOffset? begin, DateTimeOffset? end)
    {
        string days = string.Join(" to ", new[] { ViewText.Day(begin), ViewText.Day(end) }.OfType<string>().Distinct());
        string text = string.Join(", ", new[] { Prefix("for", domain), Prefix("from", sender), days }.Where(part => part.Length > 0));
        return text.Length > 0 ? text : null;
    }

    private static string Prefix(string word, string text) => text.Length == 0 ? "" : $"{word} {DisplayText.Shorten(text, MaxLength)}";
}
