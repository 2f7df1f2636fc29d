using System.Collections.Frozen;
using System.Text.Json.Nodes;
using MailAdmin.Client.Api.Principals;
using MailAdmin.Client.Jmap;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Objects;

/// <summary>Finds who has what only one object can have: an address, or a name of its type. The schema does not tell which properties these are.</summary>
internal sealed class ObjectKeys(JmapChannel channel)
{
    /// <summary>What the server calls an address that is taken.</summary>
    public const string Address = "email";

    private const string NameProperty = "name";
    private const string DomainProperty = "domainId";
    private static readonly string[] s_addressTypes = ["Account", "MailingList"];

    private static readonly FrozenDictionary<string, string> s_names = new Dictionary<string, string>
    {
        ["AllowedIp"] = "address",
        ["BlockedIp"] = "address",
        ["ClusterRole"] = NameProperty,
        ["Domain"] = NameProperty,
        ["EventTracingLevel"] = "event",
        ["MtaConnectionStrategy"] = NameProperty,
        ["MtaDeliverySchedule"] = NameProperty,
        ["MtaRoute"] = NameProperty,
        ["MtaTlsStrategy"] = NameProperty,
        ["MtaVirtualQueue"] = NameProperty,
        ["NetworkListener"] = NameProperty,
        ["OAuthClient"] = "clientId",
        ["SieveSystemScript"] = NameProperty,
        ["SieveUserScript"] = NameProperty,
        ["SpamDnsblServer"] = NameProperty,
        ["SpamFileExtension"] = "extension",
        ["SpamRule"] = NameProperty,
        ["SpamTag"] = "tag",
    }.ToFrozenDictionary();

    /// <summary>The first key that an object would have and another one has; null where all are free, as far as the account may read.</summary>
    /// <param name="type">The type.</param>
    /// <param name="after">The object as it would be.</param>
    /// <param name="before">The object as it is; null of a new one.</param>
    /// <param name="id">Its id; null of a new one.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    public async Task<(string Key, ObjectReference Holder)?> FindTakenAsync(TypeSchema type, JsonObject after, JsonObject? before, string? id, CancellationToken cancellationToken)
    {
        try
        {
            if (s_addressTypes.Contains(type.Name))
            {
                foreach ((string local, string domain) in GetAddresses(after).Except(before is null ? [] : GetAddresses(before)))
                {
                    if (await FindHolderAsync(local, domain, new ObjectReference(type.Name, id ?? ""), cancellationToken).ConfigureAwait(false) is { } holder)
                    {
                        return (Address, holder);
                    }
                }
            }
            return s_names.TryGetValue(type.Name, out string? property) && GetText(after, property) is { } name && name != GetText(before, property)
                && await FindNamedAsync(type, property, name, id, cancellationToken).ConfigureAwait(false) is { } other ? (property, other) : null;
        }
        catch (MailServerException e) when (e.Code == MailErrorCode.Forbidden)
        {
            return null;
        }
    }

    private async Task<ObjectReference?> FindHolderAsync(string local, string domainId, ObjectReference own, CancellationToken cancellationToken)
    {
        GetAnswer<string?> domains = await channel.GetAsync(DirectoryType.Domain.Name, [domainId], item => item.GetText(NameProperty), cancellationToken, [NameProperty]).ConfigureAwait(false);
        if (domains.Items is not [{ } domain])
        {
            return null;
        }
        string address = $"{local}@{domain}";
        foreach (FoundObject candidate in (await new JmapLookup(channel, new DirectoryNames(channel)).FindCandidatesAsync(address, cancellationToken).ConfigureAwait(false)).Candidates)
        {
            var reference = new ObjectReference(candidate.Type.ObjectType, candidate.Id);
            if (reference != own && (MailAddress.Comparer.Equals(candidate.Name, address) || GetAliases(JsonObject.Create(candidate.Item)!).Contains((local, domainId))))
            {
                return reference;
            }
        }
        return null;
    }

    private async Task<ObjectReference?> FindNamedAsync(TypeSchema type, string property, string name, string? id, CancellationToken cancellationToken)
    {
        string[] properties = ["id", .. type.Shape.HasVariants ? [ObjectShape.VariantMember] : Array.Empty<string>(), property];
        await foreach ((string? other, string? held) in channel.ListAsync(type.WireName, item => (item.GetText("id"), item.GetText(property)), properties: properties, cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            if (other is not null && other != id && held is not null && AreSame(type, held, name))
            {
                return new ObjectReference(type.Name, other);
            }
        }
        return null;
    }

    // The server writes domains in lower case and as xn--, and an address without the length of a network that is one address.
    private static bool AreSame(TypeSchema type, string held, string name) => type.Name is "Domain" or "AllowedIp" or "BlockedIp"
        ? string.Equals(Normalize(held), Normalize(name), StringComparison.OrdinalIgnoreCase)
        : held == name;

    private static string Normalize(string name) => DomainName.ToAscii(name.Split('/') is [var address, "32" or "128"] ? address : name);

    private static IEnumerable<(string Local, string Domain)> GetAddresses(JsonObject item) =>
        GetText(item, NameProperty) is { } name && GetText(item, DomainProperty) is { } domain ? [(name.ToLowerInvariant(), domain), .. GetAliases(item)] : GetAliases(item);

    private static IEnumerable<(string Local, string Domain)> GetAliases(JsonObject item) => item["aliases"] is not JsonObject aliases ? [] : aliases.Select(alias => alias.Value).OfType<JsonObject>()
        .Where(alias => GetText(alias, NameProperty) is not null && GetText(alias, DomainProperty) is not null)
        .Select(alias => (GetText(alias, NameProperty)!.ToLowerInvariant(), GetText(alias, DomainProperty)!));

    private static string? GetText(JsonObject? item, string property) => item?[property] is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
