using MailAdmin.Sandbox.Mail;

namespace MailAdmin.Sandbox.Dmarc;

/// <summary>A DMARC record: what is to happen to mail that fails, and how exactly names have to agree.</summary>
internal sealed record DmarcRecord(string Policy, bool IsDkimStrict, bool IsSpfStrict)
{
    /// <summary>The record that mail from a domain is under, its own or that of the organisation's domain; null without one.</summary>
    public static DmarcRecord? Find(string domain, RemoteDomains remoteDomains)
    {
        if (remoteDomains.Find(domain)?.Dmarc is { } own)
        {
            return Parse(own, isSubdomain: false);
        }

        string organisation = GetOrganisationalDomain(domain);
        return organisation != domain && remoteDomains.Find(organisation)?.Dmarc is { } parent ? Parse(parent, isSubdomain: true) : null;
    }

    /// <summary>Whether two names belong together: the same, or where that is enough of the same organisation.</summary>
    public static bool AreAligned(string one, string other, bool isStrict) => one == other || (!isStrict && GetOrganisationalDomain(one) == GetOrganisationalDomain(other));

    /// <summary>The last two labels. No name of the sandbox's world lies under a public suffix of more.</summary>
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
