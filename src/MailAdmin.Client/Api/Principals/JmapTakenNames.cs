using MailAdmin.Client.Jmap;

namespace MailAdmin.Client.Api.Principals;

/// <summary>Refuses names that others have, where the server itself would take them or say less.</summary>
internal sealed class JmapTakenNames(JmapDomainNames domainNames, JmapLookup lookup, JmapReferences references)
{
    /// <summary>Refuses a name that another principal has, or a domain as an alias.</summary>
    /// <param name="kind">The type of the principal.</param>
    /// <param name="name">The name.</param>
    /// <param name="ownId">The id of the principal that is to have it; null for a new one.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <exception cref="MailServerException"><c>AlreadyExists</c>.</exception>
    public async Task CheckAsync(PrincipalType kind, string name, string? ownId, CancellationToken cancellationToken)
    {
        // The server itself refuses addresses of others and their own names as domains.
        if (kind == PrincipalType.Domain)
        {
            if (await domainNames.FindTakenAsync([name], ownId, cancellationToken).ConfigureAwait(false) is { IsAlias: true } taken)
            {
                throw new MailServerException(MailErrorCode.AlreadyExists, Operations.CallJmap, $"The name '{name}' is taken: it is an alias of the domain '{taken.Domain}'.") { Field = PrincipalField.Name, Value = name };
            }
        }
        else if (!JmapName.HasAddress(kind) && DirectoryType.Find(kind) is { } type && type != DirectoryType.ApiKey && await lookup.IsTakenAsync(type, name, ownId, cancellationToken).ConfigureAwait(false))
        {
            throw new MailServerException(MailErrorCode.AlreadyExists, Operations.CallJmap, $"The name '{name}' is taken.") { Field = PrincipalField.Name, Value = name };
        }
    }

    /// <summary>The same of a rename, whose domain must be there.</summary>
    /// <exception cref="MailServerException"><c>AlreadyExists</c>, <c>NotFound</c>.</exception>
    public async Task CheckNewNameAsync(MailPrincipal principal, string newName, CancellationToken cancellationToken)
    {
        await CheckAsync(principal.Kind, newName, JmapId.FromNumber(principal.Id), cancellationToken).ConfigureAwait(false);
        if (JmapName.HasAddress(principal.Kind) && newName.Contains('@', StringComparison.Ordinal))
        {
            await references.GetIdAsync(NamedKind.Domain, PrincipalField.Emails, MailAddress.GetDomain(newName), cancellationToken).ConfigureAwait(false);
        }
    }
}
