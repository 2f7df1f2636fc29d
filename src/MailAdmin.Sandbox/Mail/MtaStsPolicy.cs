namespace MailAdmin.Sandbox.Mail;

/// <summary>The MTA-STS policy of a domain (RFC 8461).</summary>
/// <param name="Id">The policy's name, which DNS repeats.</param>
/// <param name="Mode"><c>enforce</c>, <c>testing</c> or <c>none</c>.</param>
/// <param name="Hosts">Names of hosts; <c>*.</c> matches one label.</param>
/// <param name="MaxAge">How long it may be cached, in seconds.</param>
internal sealed record MtaStsPolicy(string Id, string Mode, IReadOnlyList<string> Hosts, long MaxAge)
{
    public bool Allows(string host) => Hosts.Any(pattern => pattern.StartsWith("*.", StringComparison.Ordinal)
        ? host.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot && host[dot..] == pattern[1..]
        : host == pattern);
}
