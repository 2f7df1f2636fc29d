// What the cmdlets about domains check before they ask the server, which answers for any text.
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;

namespace MailAdmin.PowerShell.Cmdlets.Principal;

/// <summary>Checks domains.</summary>
internal static class DomainTarget
{
    /// <summary>The domain to send.</summary>
    /// <exception cref="ArgumentException">It is no domain, holds a wildcard, or is a principal of another kind.</exception>
    public static string GetValidName(DomainIdentity identity)
    {
        if (identity.ActualKind is { } kind)
        {
            throw new ArgumentException($"'{identity}' is {kind}, not a domain.");
        }
        if (identity.Name.HasWildcard())
        {
            throw new ArgumentException($"'{identity}' holds a wildcard, which is not taken here. Pipe the domains from Get-MailPrincipal -Type Domain.");
        }
        return DomainName.Normalize(identity.Name);
    }

    /// <summary>Whether the server surely has no such domain; who may not look it up is not told so.</summary>
    public static async Task<bool> IsUnknownAsync(MailClient client, string domain, CancellationToken cancellationToken)
    {
        try
        {
            return (await client.Principals.GetAsync(domain, cancellationToken).ConfigureAwait(false)).Type != PrincipalType.Domain;
        }
        catch (MailServerException e)
        {
            return e.Code == MailErrorCode.NotFound;
        }
    }
}
