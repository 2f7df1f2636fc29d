using MailAdmin.Sandbox.Settings;
using MailAdmin.Sandbox.Values;
using MimeKit;

namespace MailAdmin.Sandbox.Reports;

/// <summary>Examines incoming mail: reads the reports in it, and counts failures that have to be reported.</summary>
internal sealed class ReportIntake(SettingsStore settings, IncomingReports incoming, OutgoingReports outgoing)
{
    /// <summary>The address and the HELO name of every SMTP client: they connect over loopback.</summary>
    private const string Source = "127.0.0.1";
    private const string HeloDomain = "client.example.net";

    /// <summary>The addresses at which reports are read, unless the settings name others.</summary>
    private static readonly string[] s_defaultAddresses = ["dmarc@*", "tls@*", "tlsrpt@*", "abuse@*"];

    /// <returns>Whether the message is fully handled: a report is delivered to its mailbox only if the settings ask for it.</returns>
    public bool Receive(bool isFromUser, string mailFrom, IReadOnlyList<string> recipients, byte[] content, out ReportMail? report)
    {
        report = null;
        if (recipients.Any(IsReportAddress))
        {
            report = ReportMail.Read(content);
            if (report is not null)
            {
                incoming.Add(report);
            }

            return settings["report.analysis.forward"] != "true";
        }

        if (!isFromUser && DmarcPolicy.Find(GetHeaderDomain(content)) is { } policy)
        {
            outgoing.CountFailure(policy, CreateFailedMail(policy, mailFrom, GetHeaderDomain(content)));
        }

        return false;
    }

    private static FailedMail CreateFailedMail(DmarcPolicy policy, string mailFrom, string headerDomain)
    {
        string sender = MailAddress.GetDomainOrEmpty(mailFrom);
        return new FailedMail(Source, HeloDomain, sender.Length == 0 ? HeloDomain : sender, sender == policy.Domain ? policy.SpfResult : "None", headerDomain);
    }

    private bool IsReportAddress(string address)
    {
        string[] configured = settings.GetSection("report.analysis.addresses").Select(pair => pair.Value).ToArray();
        return (configured.Length == 0 ? s_defaultAddresses : configured).Any(pattern => Matches(address.ToLowerInvariant(), pattern));
    }

    private static bool Matches(string address, string pattern)
    {
        if (pattern.EndsWith('*'))
        {
            return address.StartsWith(pattern[..^1], StringComparison.Ordinal);
        }

        return pattern.StartsWith('*') ? address.EndsWith(pattern[1..], StringComparison.Ordinal) : address == pattern;
    }

    private static string GetHeaderDomain(byte[] content)
    {
        try
        {
            return MailAddress.GetDomainOrEmpty(HeaderList.Load(new MemoryStream(content))[HeaderId.From] is { } from
                && InternetAddressList.TryParse(from, out InternetAddressList? addresses)
                && addresses.Mailboxes.FirstOrDefault() is { } mailbox
                    ? mailbox.Address
                    : "");
        }
        catch (FormatException)
        {
            return "";
        }
    }
}
