using MailAdmin.Client.Jmap;

namespace MailAdmin.Client.Api.Principals;

/// <summary>The ids of domains, for what belongs to a domain.</summary>
internal static class JmapDomains
{
    /// <summary>The id of a domain of the server.</summary>
    /// <exception cref="MailServerException"><c>NotFound</c>; <c>Forbidden</c> where the account may not read domains.</exception>
    public static async Task<string> GetIdAsync(PrincipalResource principals, string domain, CancellationToken cancellationToken)
    {
        MailPrincipal? found = await principals.FindNamedAsync(domain, [PrincipalType.Domain], cancellationToken).ConfigureAwait(false);
        return found is { } principal && principal.Kind == PrincipalType.Domain
            ? JmapId.FromNumber(principal.Id)
            : throw new MailServerException(MailErrorCode.NotFound, Operations.CallJmap, $"The server has no domain '{domain}', and from 0.16 on it knows records and keys of its own domains alone. New-MailPrincipal -Type Domain creates one.") { Item = domain };
    }
}
