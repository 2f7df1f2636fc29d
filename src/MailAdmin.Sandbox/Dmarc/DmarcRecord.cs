using MailAdmin.Sandbox.Mail;

namespace MailAdmin.Sandbox.Dmarc;

/// <summary>A DMARC record: the policy for mail that fails, and how strictly domains have to align.</summary>
internal sealed record DmarcRecord(string Policy, bool IsDkimStrict, bool IsSpfStrict)
{
    /// <summary>The record that applies to mail from a domain, its own or that of the organisational domain; null without one.</summary>
    public static DmarcRecord? Find(string domain, RemoteDomains remoteDomains)
    {
        if (remoteDomains.Find(domain)?.Dmarc is { } own)
        {
            return Parse(own, isSubdomain: false);
        }

        string organisation = GetOrganisationalDomain(domain);
        return organisation != domain && remoteDomains.Find(organisation)?.Dmarc is { } parent ? Parse(parent, isSubdomain: true) : null;
    }

    /// <summary>Whether two domains are aligned: the same, or in relaxed mode with the same organisational domain.</summary>
    public static bool AreAligned(string one, string other, bool isStrict) => one == other || (!isStrict && GetOrganisationalDomain(one) == GetOrganisationalDomain(other));

    /// <summary>The last two labels. No domain of the sandbox is under a public suffix of more than one label.</summary>
    private static string GetOrganisationalDomain(string domain) => string.Join('.', domain.Split('.').TakeLast(2));

    private static DmarcRecord Parse(string record, bool isSubdomain)
    {
        var tags = record.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(tag => tag.Split('=', 2, StringSplitOptions.TrimEntries))
            .Where(tag => tag.Length == 2)
            .ToDictionary(tag => tag[0].ToLowerInvariant(), tag => tag[1], StringComparer.Ordinal);
        string? policy = isSubdomain && tags.TryGetValue("sp", out string? forSubdomains) ? forSubdomains : tags.GetValueOrDefault("p");
        return new DmarcRecord(
            policy is "none" or "quarantine" or "reject" ? policy : "unspecified", tags.GetValueOrDefault("adkim") == "s", tags.GetValueOrDefault("aspf") == "s");
    }
}
