using System.Text.Json;
using MailAdmin.Client.Jmap;

namespace MailAdmin.Client.Api.Principals;

/// <summary>The ids of domains, for what belongs to a domain, and the names that they have.</summary>
internal static class JmapDomains
{
    private const string AliasesProperty = "aliases";

    /// <summary>
    /// The first of these names that another domain has, as its own or as an alias, and that domain; null where all are free. Until 0.16.17 the server takes an alias of another
    /// domain, and then nobody can tell which of the two gets the mail.
    /// </summary>
    /// <param name="channel">The server.</param>
    /// <param name="names">The names, in either spelling.</param>
    /// <param name="ownId">The domain that may have them; null = none.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    public static async Task<(string Name, string Domain, bool IsAlias)?> FindTakenAsync(JmapChannel channel, IReadOnlyCollection<string> names, string? ownId, CancellationToken cancellationToken)
    {
        if (names.Count == 0)
        {
            return null;
        }
        string[] properties = [.. DirectoryType.Domain.NameProperties, AliasesProperty];
        try
        {
            await foreach ((string id, string domain, string[] aliases) in channel.ListAsync(DirectoryType.Domain.Name, ReadNames, null, properties, cancellationToken: cancellationToken).ConfigureAwait(false))
            {
                if (id != ownId && names.FirstOrDefault(name => IsAmong([domain, .. aliases], name)) is { } taken)
                {
                    return (taken, domain, !IsAmong([domain], taken));
                }
            }
        }
        catch (MailServerException e) when (e.Code == MailErrorCode.Forbidden)
        {
            // Who may not read them leaves it to the server.
        }
        return null;
    }

    private static bool IsAmong(string[] names, string name) => names.Contains(DomainName.ToAscii(name), StringComparer.OrdinalIgnoreCase);

    private static (string Id, string Name, string[] Aliases) ReadNames(JsonElement item)
    {
        var found = FoundObject.Create(DirectoryType.Domain, item);
        return (found.Id, found.Name, item.TryGetProperty(AliasesProperty, out JsonElement aliases) && aliases.ValueKind == JsonValueKind.Object ? [.. aliases.EnumerateObject().Select(alias => alias.Name)] : []);
    }

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
