namespace MailAdmin.PowerShell.Cmdlets.Setting;

/// <summary>Which objects of a server from 0.16 on hold what settings of older ones do, by the beginning of the key.</summary>
internal static class SettingObjects
{
    // The longest that fits counts.
    private static readonly Dictionary<string, string[]> s_types = new(StringComparer.Ordinal)
    {
        ["acme"] = ["AcmeProvider"],
        ["asn"] = ["Asn"],
        ["auth"] = ["SenderAuth"],
        ["authentication"] = ["Authentication"],
        ["cache"] = ["Cache"],
        ["calendar"] = ["Calendar"],
        ["certificate"] = ["Certificate"],
        ["cluster"] = ["ClusterNode", "Coordinator"],
        ["contacts"] = ["AddressBook"],
        ["dav"] = ["WebDav"],
        ["directory"] = ["Directory"],
        ["email"] = ["Email"],
        ["enterprise"] = ["Enterprise"],
        ["enterprise.ai"] = ["AiModel"],
        ["file-storage"] = ["FileStorage"],
        ["form"] = ["HttpForm"],
        ["http"] = ["Http"],
        ["http-lookup"] = ["HttpLookup"],
        ["imap"] = ["Imap"],
        ["jmap"] = ["Jmap"],
        ["lookup"] = ["MemoryLookupKey", "MemoryLookupKeyValue", "StoreLookup"],
        ["metrics"] = ["Metrics"],
        ["oauth"] = ["OidcProvider"],
        ["queue"] = ["MtaOutboundStrategy"],
        ["queue.connection"] = ["MtaConnectionStrategy"],
        ["queue.limiter.inbound"] = ["MtaInboundThrottle"],
        ["queue.limiter.outbound"] = ["MtaOutboundThrottle"],
        ["queue.quota"] = ["MtaQueueQuota"],
        ["queue.route"] = ["MtaRoute"],
        ["queue.schedule"] = ["MtaDeliverySchedule"],
        ["queue.throttle"] = ["MtaOutboundThrottle"],
        ["queue.tls"] = ["MtaTlsStrategy"],
        ["queue.virtual"] = ["MtaVirtualQueue"],
        ["remote"] = ["MtaRoute"],
        ["report"] = ["ReportSettings"],
        ["report.dkim"] = ["DkimReportSettings"],
        ["report.dmarc"] = ["DmarcReportSettings"],
        ["report.dsn"] = ["DsnReportSettings"],
        ["report.spf"] = ["SpfReportSettings"],
        ["report.tls"] = ["TlsReportSettings"],
        ["resolver"] = ["DnsResolver"],
        ["server"] = ["SystemSettings"],
        ["server.allowed-ip"] = ["AllowedIp"],
        ["server.blocked-ip"] = ["BlockedIp"],
        ["server.fail2ban"] = ["Security"],
        ["server.auto-ban"] = ["Security"],
        ["server.http"] = ["Http"],
        ["server.listener"] = ["NetworkListener"],
        ["session.auth"] = ["MtaStageAuth"],
        ["session.connect"] = ["MtaStageConnect"],
        ["session.data"] = ["MtaStageData"],
        ["session.ehlo"] = ["MtaStageEhlo"],
        ["session.extensions"] = ["MtaExtensions"],
        ["session.hook"] = ["MtaHook"],
        ["session.mail"] = ["MtaStageMail"],
        ["session.milter"] = ["MtaMilter"],
        ["session.mta-sts"] = ["MtaSts"],
        ["session.rcpt"] = ["MtaStageRcpt"],
        ["session.throttle"] = ["MtaInboundThrottle"],
        ["session"] = ["MtaInboundSession"],
        ["sharing"] = ["Sharing"],
        ["sieve.trusted"] = ["SieveSystemInterpreter"],
        ["sieve.trusted.scripts"] = ["SieveSystemScript"],
        ["sieve.untrusted"] = ["SieveUserInterpreter"],
        ["sieve.untrusted.scripts"] = ["SieveUserScript"],
        ["signature"] = ["DkimSignature"],
        ["spam-filter"] = ["SpamSettings"],
        ["spam-filter.bayes"] = ["SpamClassifier"],
        ["spam-filter.classifier"] = ["SpamClassifier"],
        ["spam-filter.dnsbl"] = ["SpamDnsblServer", "SpamDnsblSettings"],
        ["spam-filter.list"] = ["SpamTag", "SpamFileExtension", "MemoryLookupKey"],
        ["spam-filter.llm"] = ["SpamLlm"],
        ["spam-filter.pyzor"] = ["SpamPyzor"],
        ["spam-filter.rule"] = ["SpamRule"],
        ["storage"] = ["DataStore", "BlobStore", "SearchStore", "InMemoryStore"],
        ["store"] = ["DataStore", "BlobStore", "SearchStore", "InMemoryStore"],
        ["tracer"] = ["Tracer"],
        ["tracing"] = ["EventTracingLevel"],
        ["webhook"] = ["WebHook"],
    };

    /// <summary>The types that are named; a test holds them against the server's.</summary>
    internal static IEnumerable<string> Types => s_types.Values.SelectMany(types => types).Distinct();

    /// <summary>What to use in place of a cmdlet for settings.</summary>
    /// <param name="verb">The verb of the cmdlet.</param>
    /// <param name="keys">The keys or prefixes that it was given.</param>
    public static string Advise(string verb, IEnumerable<string> keys)
    {
        string[] types = [.. keys.SelectMany(FindTypes).Distinct()];
        return types switch
        {
            [] => $"Use {verb}-MailObject; Get-MailObjectType lists what there is.",
            _ => $"Use {verb}-MailObject {string.Join(" or ", types)}; (Get-MailObjectType {types[0]}).Property lists its properties.",
        };
    }

    private static string[] FindTypes(string key)
    {
        string[] elements = key.Trim().Split('.');
        for (int count = elements.Length; count > 0; count--)
        {
            if (s_types.TryGetValue(string.Join('.', elements[..count]), out string[]? types))
            {
                return types;
            }
        }
        return [];
    }
}
