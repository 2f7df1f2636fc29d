using MailAdmin.Sandbox.Values;
using MimeKit;

namespace MailAdmin.Sandbox.Reports;

/// <summary>Examines incoming mail: reads the reports in it, and counts failures that have to be reported.</summary>
/// <param name="readsUsersMail">Whether reports are read in the mail of users as well.</param>
/// <param name="addresses">The addresses at which reports are read; <c>*</c> at either end stands for anything.</param>
/// <param name="forwards">Whether a report is delivered to its mailbox as well.</param>
/// <param name="receive">Takes a report.</param>
/// <param name="countFailure">Counts a message that failed a policy.</param>
internal sealed class ReportIntake(
    bool readsUsersMail, Func<IEnumerable<string>> addresses, Func<bool> forwards, Action<ReportMail> receive, Action<DmarcPolicy, FailedMail> countFailure)
{
    /// <summary>The address and the HELO name of every SMTP client: they connect over loopback.</summary>
    private const string Source = "127.0.0.1";
    private const string HeloDomain = "client.example.net";

    /// <returns>Whether the message is fully handled: a report is delivered to its mailbox only if the settings ask for it.</returns>
    public bool Receive(bool isFromUser, string mailFrom, IReadOnlyList<string> recipients, byte[] content, out ReportMail? report)
    {
        report = null;
        if ((!isFromUser || readsUsersMail) && recipients.Any(IsReportAddress))
        {
            report = ReportMail.Read(content);
            if (report is not null)
            {
                receive(report);
            }

            return !forwards();
        }

        if (!isFromUser && DmarcPolicy.Find(GetHeaderDomain(content)) is { } policy)
        {
            countFailure(policy, CreateFailedMail(policy, mailFrom, GetHeaderDomain(content)));
        }

        return false;
    }

    private static FailedMail CreateFailedMail(DmarcPolicy policy, string mailFrom, string headerDomain)
    {
        string sender = MailAddress.GetDomainOrEmpty(mailFrom);
        return new FailedMail(Source, HeloDomain, sender.Length == 0 ? HeloDomain : sender, sender == policy.Domain ? policy.SpfResult : "None", headerDomain);
    }

    private bool IsReportAddress(string address) => addresses().Any(pattern => Matches(address.ToLowerInvariant(), pattern));

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
