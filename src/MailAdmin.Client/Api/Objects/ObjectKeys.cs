using System.Collections.Frozen;
using System.Text.Json.Nodes;
using MailAdmin.Client.Api.Principals;
using MailAdmin.Client.Jmap;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Objects;

/// <summary>Finds who has what only one object can have: an address, or a name of its type. The schema does not tell which properties these are.</summary>
internal sealed class ObjectKeys(JmapChannel channel, ObjectSchema schema)
{
    /// <summary>What the server calls an address that is taken.</summary>
    public const string Address = "email";

    private const string NameProperty = "name";
    private const string DomainProperty = "domainId";
    private const string Namespace = "namespace";
    private const string Key = "key";
    private static readonly string[] s_addressTypes = ["Account", "MailingList"];

    private static readonly FrozenDictionary<string, UniqueKey> s_keys = new Dictionary<string, UniqueKey>
    {
        ["AllowedIp"] = new("address"),
        ["BlockedIp"] = new("address"),
        ["ClusterRole"] = new(NameProperty),
        ["Domain"] = new(NameProperty),
        ["EventTracingLevel"] = new("event"),
        ["HttpLookup"] = new(Namespace) { Others = ["StoreLookup"] },
        ["MemoryLookupKey"] = new(Namespace, Key) { Others = ["MemoryLookupKeyValue"] },
        ["MemoryLookupKeyValue"] = new(Namespace, Key) { Others = ["MemoryLookupKey"] },
        ["MtaConnectionStrategy"] = new(NameProperty),
        ["MtaDeliverySchedule"] = new(NameProperty),
        ["MtaRoute"] = new(NameProperty),
        ["MtaTlsStrategy"] = new(NameProperty),
        ["MtaVirtualQueue"] = new(NameProperty),
        ["NetworkListener"] = new(NameProperty),
        ["OAuthClient"] = new("clientId"),
        ["SieveSystemScript"] = new(NameProperty),
        ["SieveUserScript"] = new(NameProperty),
        ["SpamDnsblServer"] = new(NameProperty),
        ["SpamFileExtension"] = new("extension"),
        ["SpamRule"] = new(NameProperty),
        ["SpamTag"] = new("tag"),
        ["StoreLookup"] = new(Namespace) { Others = ["HttpLookup"] },
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
            return s_keys.TryGetValue(type.Name, out UniqueKey? key) && key.Read(after) is { } name && key.Read(before)?.SequenceEqual(name) != true
                && await FindNamedAsync(type.Name, key, name, id, cancellationToken).ConfigureAwait(false) is { } other ? (key.Property, other) : null;
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

    private async Task<ObjectReference?> FindNamedAsync(string type, UniqueKey key, string[] name, string? id, CancellationToken cancellationToken)
    {
        foreach (string holder in (string[])[type, .. key.Others])
        {
            TypeSchema shared = schema.Get(holder);
            string[] properties = ["id", .. shared.Shape.HasVariants ? [ObjectShape.VariantMember] : Array.Empty<string>(), .. key.Properties];
            await foreach (JsonObject other in channel.ListAsync(shared.WireName, item => JsonObject.Create(item.Clone())!, properties: properties, cancellationToken: cancellationToken).ConfigureAwait(false))
            {
                if (ObjectShape.GetText(other, "id") is { } found && (found != id || holder != type) && key.Read(other) is { } held && held.Zip(name, (left, right) => AreSame(holder, left, right)).All(same => same))
                {
                    return new ObjectReference(holder, found);
                }
            }
        }
        return null;
    }

    // The server writes domains in lower case and as xn--, and an address without the length of a network that is one address.
    private static bool AreSame(string type, string held, string name) => type is "Domain" or "AllowedIp" or "BlockedIp"
        ? string.Equals(Normalize(held), Normalize(name), StringComparison.OrdinalIgnoreCase)
        : held == name;

    private static string Normalize(string name) => DomainName.ToAscii(name.Split('/') is [var address, "32" or "128"] ? address : name);

    private static IEnumerable<(string Local, string Domain)> GetAddresses(JsonObject item) =>
        ObjectShape.GetText(item, NameProperty) is { } name && ObjectShape.GetText(item, DomainProperty) is { } domain ? [(name.ToLowerInvariant(), domain), .. GetAliases(item)] : GetAliases(item);

    private static IEnumerable<(string Local, string Domain)> GetAliases(JsonObject item) => item["aliases"] is not JsonObject aliases ? [] : aliases.Select(alias => alias.Value).OfType<JsonObject>()
        .Where(alias => ObjectShape.GetText(alias, NameProperty) is not null && ObjectShape.GetText(alias, DomainProperty) is not null)
        .Select(alias => (ObjectShape.GetText(alias, NameProperty)!.ToLowerInvariant(), ObjectShape.GetText(alias, DomainProperty)!));

    /// <summary>Properties that together occur once.</summary>
    private sealed record UniqueKey(params string[] Properties)
    {
        /// <summary>The types besides its own that share it.</summary>
        public string[] Others { get; init; } = [];

        /// <summary>The property that an error names.</summary>
        public string Property => Properties[0];

        /// <summary>The values of an object; null where one is missing.</summary>
        public string[]? Read(JsonObject? item)
        {
            string[] values = [.. Properties.Select(property => ObjectShape.GetText(item, property)).OfType<string>()];
            return values.Length == Properties.Length ? values : null;
        }
    }
}
