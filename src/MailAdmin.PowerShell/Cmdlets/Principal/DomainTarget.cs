using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;

namespace MailAdmin.PowerShell.Cmdlets.Principal;

/// <summary>Checks domains before a request: the server answers for any text.</summary>
internal static class DomainTarget
{
    /// <summary>The domain to send.</summary>
    /// <exception cref="ArgumentException">It is not a domain, contains a wildcard, or is a principal of another type.</exception>
    public static string GetValidName(DomainIdentity identity)
    {
        if (identity.ActualKind is { } kind)
        {
            throw new ArgumentException($"'{identity}' is {kind}, not a domain.");
        }
        if (identity.Name.HasWildcard())
        {
            throw new ArgumentException($"'{identity}' contains a wildcard, which is not accepted here. Type Get-MailPrincipal {QuotedText.Quote(identity.Name)} -Type Domain to see which domains match.");
        }
        return DomainName.Normalize(identity.Name);
    }

    /// <summary>Whether it is certain that the server has no such domain; false for an account that may not look it up.</summary>
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
