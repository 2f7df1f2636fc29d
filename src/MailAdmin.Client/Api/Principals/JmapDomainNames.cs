using System.Text.Json;
using MailAdmin.Client.Jmap;

namespace MailAdmin.Client.Api.Principals;

/// <summary>The names that domains have, as their own and as aliases.</summary>
internal sealed class JmapDomainNames
{
    private const string AliasesProperty = "aliases";
    private readonly JmapChannel _channel;
    private readonly SharedRead<IReadOnlyList<NamedDomain>> _domains;

    public JmapDomainNames(JmapChannel channel) => (_channel, _domains) = (channel, new SharedRead<IReadOnlyList<NamedDomain>>(ReadDomainsAsync));

    /// <summary>
    /// The first of these names that another domain has, and that domain; null where all are free. Until 0.16.17 the server takes an alias of another domain, and then nobody
    /// can tell which of the two gets the mail.
    /// </summary>
    /// <param name="names">The names, in either spelling.</param>
    /// <param name="ownId">The domain that may have them; null = none.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    public async Task<(string Name, string Domain, bool IsAlias)?> FindTakenAsync(IReadOnlyCollection<string> names, string? ownId, CancellationToken cancellationToken)
    {
        if (names.Count == 0)
        {
            return null;
        }
        foreach (NamedDomain domain in await _domains.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (domain.Id != ownId && names.FirstOrDefault(name => IsAmong([domain.Name, .. domain.Aliases], name)) is { } taken)
            {
                return (taken, domain.Name, !IsAmong([domain.Name], taken));
            }
        }
        return null;
    }

    private static bool IsAmong(string[] names, string name) => names.Contains(DomainName.ToAscii(name), StringComparer.OrdinalIgnoreCase);

    private async Task<IReadOnlyList<NamedDomain>> ReadDomainsAsync(CancellationToken cancellationToken)
    {
        var domains = new List<NamedDomain>();
        string[] properties = [.. DirectoryType.Domain.NameProperties, AliasesProperty];
        try
        {
            await foreach (NamedDomain domain in _channel.ListAsync(DirectoryType.Domain.Name, Read, null, properties, cancellationToken: cancellationToken).ConfigureAwait(false))
            {
                domains.Add(domain);
            }
        }
        catch (MailServerException e) when (e.Code == MailErrorCode.Forbidden)
        {
            // Who may not read them leaves it to the server.
        }
        return domains;
    }

    private static NamedDomain Read(JsonElement item)
    {
        var found = FoundObject.Create(DirectoryType.Domain, item);
        return new NamedDomain(found.Id, found.Name, item.TryGetProperty(AliasesProperty, out JsonElement aliases) && aliases.ValueKind == JsonValueKind.Object ? [.. aliases.EnumerateObject().Select(alias => alias.Name)] : []);
    }

    private sealed record NamedDomain(string Id, string Name, string[] Aliases);
}
