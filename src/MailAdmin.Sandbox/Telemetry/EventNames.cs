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

    /// <summary>Whether this has the form of an event name in a known group.</summary>
    public static bool IsEvent(string text) => Pattern().Match(text) is { Success: true } match && s_groups.Contains(match.Groups[1].Value);

    /// <summary>Whether this name, in kebab-case, is a key of event data.</summary>
    public static bool IsKey(string text) => s_keys.Contains(text);

    /// <summary>A key of a response, such as <c>remoteIp</c>, as filters name it: <c>remote-ip</c>.</summary>
    public static string ToKebabCase(string key) => CapitalPattern().Replace(key, match => "-" + match.Value.ToLowerInvariant());

    [GeneratedRegex(@"^([a-z0-9-]+)\.[a-z0-9-]+$")]
    private static partial Regex Pattern();

    [GeneratedRegex("[A-Z]")]
    private static partial Regex CapitalPattern();
}
