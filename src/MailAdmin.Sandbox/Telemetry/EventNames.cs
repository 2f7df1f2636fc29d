using System.Text.RegularExpressions;

namespace MailAdmin.Sandbox.Telemetry;

/// <summary>The names of events and of their data.</summary>
internal static partial class EventNames
{
    private static readonly HashSet<string> s_groups = new(StringComparer.Ordinal)
    {
        "acme", "ai", "arc", "auth", "cluster", "config", "dane", "delivery", "dkim", "dmarc", "eval", "fts-index", "housekeeper", "http", "imap",
        "incoming-report", "iprev", "jmap", "limit", "mail-auth", "manage", "manage-sieve", "message-ingest", "milter", "mta-hook", "mta-sts", "network",
        "outgoing-report", "pop3", "purge", "push-subscription", "queue", "resource", "security", "server", "sieve", "smtp", "spam", "spf", "store",
        "task-queue", "telemetry", "tls", "tls-rpt",
    };

    private static readonly HashSet<string> s_keys = new(StringComparer.Ordinal)
    {
        "account-id", "account-name", "blob-id", "caused-by", "change-id", "code", "collection", "contents", "details", "document-id", "domain", "due",
        "elapsed", "expires", "from", "hostname", "id", "key", "limit", "listener-id", "local-ip", "local-port", "mailbox-id", "mailbox-name",
        "message-id", "next-dsn", "next-retry", "parameters", "path", "policy", "protocol", "queue-id", "range-from", "range-to", "reason", "remote-ip",
        "remote-port", "report-id", "result", "size", "source", "span-id", "spam", "status", "strict", "subject", "thread-id", "tls", "to", "total",
        "type", "uid", "uid-next", "uid-validity", "url", "used", "valid-from", "valid-to", "value", "version",
    };

    /// <summary>The keys of one word that a server from 0.16 knows.</summary>
    private static readonly HashSet<string> s_newerKeys = new(StringComparer.Ordinal)
    {
        "code", "collection", "contents", "details", "domain", "due", "elapsed", "expires", "from", "hostname", "id", "key", "limit", "path", "policy", "reason", "result",
        "size", "source", "strict", "tls", "to", "total", "type", "uid", "url", "value", "version",
    };

    /// <summary>The events that have another name from 0.16.</summary>
    private static readonly Dictionary<string, string> s_newerNames = new(StringComparer.Ordinal)
    {
        ["queue.queue-dsn"] = "queue.dsn-queued",
        ["queue.queue-message"] = "queue.message-queued",
        ["queue.queue-message-authenticated"] = "queue.authenticated-message-queued",
    };

    /// <summary>Whether this has the form of an event name in a known group.</summary>
    public static bool IsEvent(string text) => Pattern().Match(text) is { Success: true } match && s_groups.Contains(match.Groups[1].Value);

    /// <summary>Whether this name, in kebab-case, is a key of event data.</summary>
    public static bool IsKey(string text) => s_keys.Contains(text);

    /// <summary>Whether a server from 0.16 finds this key of a filter, in small letters, among its own, which are in camelCase: so those of one word alone.</summary>
    public static bool IsNewerKey(string text) => s_newerKeys.Contains(text);

    /// <summary>The name that an event has from 0.16.</summary>
    public static string ToNewer(string name) => s_newerNames.GetValueOrDefault(name, name);

    /// <summary>A key of a response, such as <c>remoteIp</c>, as filters name it: <c>remote-ip</c>.</summary>
    public static string ToKebabCase(string key) => CapitalPattern().Replace(key, match => "-" + match.Value.ToLowerInvariant());

    [GeneratedRegex(@"^([a-z0-9-]+)\.[a-z0-9-]+$")]
    private static partial Regex Pattern();

    [GeneratedRegex("[A-Z]")]
    private static partial Regex CapitalPattern();
}
