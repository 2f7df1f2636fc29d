using System.Globalization;
using System.Text.RegularExpressions;

namespace MailAdmin.Client.Api.Reports;

/// <summary>Checks and reads the ids of reports (docs/api.md §6.4, §6.5). A malformed one is refused before anything is sent: an empty element would make the path that of the whole collection.</summary>
internal static partial class ReportId
{
    /// <summary>The id of a received report, or an error before anything is sent.</summary>
    public static string CheckReceived(string? id, Operation operation) => id is not null && ReceivedPattern().IsMatch(id)
        ? id
        : throw CreateRefusal(id, operation, "342084721444532234_1797990706");

    /// <summary>The id of a queued report, or an error before anything is sent.</summary>
    public static string CheckQueued(string? id, Operation operation) => id is not null && QueuedPattern().IsMatch(id)
        ? id
        : throw CreateRefusal(id, operation, "d!example.net!1655280429126379915!1795392000!1795478400");

    /// <summary>When a received report expires, by its id; null where it does not say so, as from 0.16 on.</summary>
    public static DateTimeOffset? GetExpiry(string id) => id.LastIndexOf('_') is > 0 and int separator ? ParseUnixSeconds(id[(separator + 1)..]) : null;

    /// <summary>The kind, domain and times that the id of a queued report holds.</summary>
    public static MailQueueReport ParseQueued(string id)
    {
        string[] parts = CheckQueued(id, Operations.GetQueueReport).Split('!');
        return new MailQueueReport
        {
            Id = id,
            Kind = parts[0] == "d" ? MailReportKind.Dmarc : MailReportKind.Tls,
            Domain = parts[1],
            Begin = ParseUnixSeconds(parts[^2]),
            End = ParseUnixSeconds(parts[^1]),
        };
    }

    private static DateTimeOffset? ParseUnixSeconds(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds) && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    private static MailServerException CreateRefusal(string? id, Operation operation, string example) =>
        new(MailErrorCode.RejectedByClient, operation, $"'{id}' is not the id of a report. A report id looks like {example}.") { Field = "id", Value = id };

    [GeneratedRegex("^[0-9]{1,20}_[0-9]{1,20}$", RegexOptions.CultureInvariant)]
    private static partial Regex ReceivedPattern();

    [GeneratedRegex("^[dt]![^!/?#]+![0-9]{1,20}![0-9]{1,20}![0-9]{1,20}$", RegexOptions.CultureInvariant)]
    private static partial Regex QueuedPattern();
}
