using System.Globalization;
using MailAdmin.Client;

namespace MailAdmin.Tests.Bodies;

/// <summary>
/// What real servers read from queries, by docs/api.md. They refuse nothing there: a name that they do not know, an empty value and one that they cannot read are as
/// if they were not sent, and the call then means something else.
/// </summary>
internal static class ServerQueries
{
    private const string Paging = "page:number limit:number";
    private const string QueueFilter = "text from to before:time after:time max-total:number range-start:number range-end:number queue " + Paging;
    private const string ReportFilter = "text max-total:number range-start:number range-end:number " + Paging;
    private const string PrincipalTypes = "individual|group|resource|location|list|domain|tenant|role|apiKey|oauthClient";
    private const string PrincipalFields =
        "name|description|picture|quota|usedQuota|secrets|emails|memberOf|members|roles|lists|tenant|enabledPermissions|disabledPermissions|urls|externalMembers|locale|type|id";

    private static readonly Dictionary<Operation, string> s_queries = new()
    {
        [Operations.ListPrincipals] = $"types:{PrincipalTypes} type:{PrincipalTypes} filter fields:{PrincipalFields} count tenant {Paging}",
        [Operations.DeletePrincipals] = $"type:{PrincipalTypes} confirm:true filter tenant",
        [Operations.ListQueueMessages] = $"{QueueFilter} values",
        [Operations.RescheduleQueueMessages] = $"{QueueFilter} at:time",
        [Operations.CancelQueueMessages] = QueueFilter,
        [Operations.RescheduleQueueMessage] = "at:time filter",
        [Operations.CancelQueueMessage] = "filter",
        [Operations.ListQueueReports] = $"domain type:dmarc|tls max-total:number range-start:number range-end:number {Paging}",
        [Operations.DeleteQueueReports] = "domain type:dmarc|tls range-start:number range-end:number",
        [Operations.ListDmarcReports] = ReportFilter,
        [Operations.ListTlsReports] = ReportFilter,
        [Operations.ListArfReports] = ReportFilter,
        [Operations.DeleteReports] = ReportFilter,
        [Operations.GetSettings] = "keys prefixes",
        [Operations.ListSettings] = $"prefix {Paging}",
        [Operations.ListSettingGroups] = $"prefix suffix field filter {Paging}",
        [Operations.ReloadSettings] = "dry-run",
        [Operations.UpdateSpamFilter] = "overwrite force",
        [Operations.GetBlob] = "offset:number limit:number",
        [Operations.ListDeletedItems] = Paging,
        // The mark of the module's own polls is one that the server does not know, and is meant to be.
        [Operations.ListLogs] = $"filter mailadmin {Paging}",
        [Operations.ListMetrics] = "before:time after:time",
        [Operations.ListTraces] = $"type queue_id:number filter before:time after:time values {Paging}",
        [Operations.GetTrace] = "id",
        [Operations.TestDelivery] = "timeout:number token",
    };

    /// <summary>What the server would not read of a query as it was meant; null where it reads all of it.</summary>
    public static string? FindFault(Operation operation, string query)
    {
        var known = s_queries.GetValueOrDefault(operation, "").Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(entry => entry.Split(':', 2)).ToDictionary(parts => parts[0], parts => parts.Length > 1 ? parts[1] : "");
        foreach (string pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = pair.Split('=', 2);
            string name = Uri.UnescapeDataString(parts[0].Replace('+', ' '));
            string value = parts.Length > 1 ? Uri.UnescapeDataString(parts[1].Replace('+', ' ')) : "";
            if (!known.TryGetValue(name, out string? kind))
            {
                return $"{operation} has no '{name}'";
            }
            if (!Fits(kind, value))
            {
                return $"{operation} does not read '{value}' as its {name}";
            }
        }
        return null;
    }

    private static bool Fits(string kind, string value) => kind switch
    {
        _ when value.Length == 0 => false,
        "" => true,
        "number" => ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _),
        "time" => DateTimeOffset.TryParseExact(value, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _),
        _ => value.Split(',').All(word => kind.Split('|').Contains(word)),
    };
}
