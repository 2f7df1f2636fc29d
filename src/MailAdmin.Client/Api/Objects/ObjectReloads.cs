using System.Collections.Frozen;

namespace MailAdmin.Client.Api.Objects;

/// <summary>
/// What puts a written object into force (docs/api-0.16.md §8.10): nothing of the settings, certificates, lookup lists and blocked addresses is before its action. What a
/// later server adds is taken for a setting.
/// </summary>
internal static class ObjectReloads
{
    /// <summary>Loads all settings again.</summary>
    public const string Settings = "ReloadSettings";

    /// <summary>What a restart of the server alone puts into force.</summary>
    public const string Restart = "Restart";

    private const string Caches = "InvalidateCaches";

    // These act at once, or are no settings.
    private static readonly FrozenSet<string> s_immediate = FrozenSet.Create(
        "Account", "AccountPassword", "AccountSettings", "Action", "ApiKey", "AppPassword", "ArchivedItem", "ArfExternalReport", "ClusterNode", "DkimSignature", "DmarcExternalReport",
        "DmarcInternalReport", "DnsServer", "Domain", "Log", "MailingList", "MaskedEmail", "Metric", "OAuthClient", "PublicKey", "QueuedMessage", "Role", "SpamTrainingSample", "Task", "Tenant",
        "TlsExternalReport", "TlsInternalReport", "Trace");

    // Sockets, stores, caches and threads are made when the server starts.
    private static readonly FrozenSet<string> s_atStart = FrozenSet.Create(
        "BlobStore", "Bootstrap", "Cache", "ClusterRole", "Coordinator", "DataStore", "InMemoryStore", "MetricsStore", "NetworkListener", "SearchStore", "TracingStore");

    private static readonly FrozenDictionary<string, string> s_own = new Dictionary<string, string>
    {
        ["Application"] = "UpdateApps",
        ["BlockedIp"] = "ReloadBlockedIps",
        ["Certificate"] = "ReloadTlsCertificates",
        ["HttpLookup"] = "ReloadLookupStores",
        ["MemoryLookupKey"] = "ReloadLookupStores",
        ["MemoryLookupKeyValue"] = "ReloadLookupStores",
        ["StoreLookup"] = "ReloadLookupStores",
    }.ToFrozenDictionary();

    /// <summary>The action, or <see cref="Restart"/>; null where nothing is needed.</summary>
    public static string? Find(string type) =>
        s_immediate.Contains(type) ? null
        : s_atStart.Contains(type) ? Restart
        : s_own.GetValueOrDefault(type, Settings);

    /// <summary>The same of a change: the server finds a domain by an alias that was added or taken away only when its caches are empty.</summary>
    /// <param name="type">The type.</param>
    /// <param name="paths">The paths that are written.</param>
    public static string? Find(string type, IEnumerable<string> paths) => type == "Domain" && paths.Any(path => path.Split('/')[0] == "aliases") ? Caches : Find(type);
}
