using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using MailAdmin.Client.Jmap;

namespace MailAdmin.Client.Api.Objects;

/// <summary>Finds who refers to an object: the server keeps what others refer to.</summary>
internal sealed class ObjectLinks(JmapChannel channel, ObjectSchema schema)
{
    private const string Account = "Account";

    // Kept elsewhere, or the same as an account seen from its owner.
    private static readonly FrozenSet<string> s_elsewhere = FrozenSet.Create(
        "AccountPassword", "AccountSettings", "Action", "ApiKey", "AppPassword", "ArchivedItem", "ArfExternalReport", "Bootstrap", "ClusterNode", "DmarcExternalReport", "DmarcInternalReport", "Log",
        "Metric", "QueuedMessage", "SpamTrainingSample", "Task", "TlsExternalReport", "TlsInternalReport", "Trace");

    // These go with their account.
    private static readonly FrozenSet<string> s_ofAccount = FrozenSet.Create("MaskedEmail", "PublicKey");

    private readonly ReferenceReader _references = new(schema);

    /// <summary>Whether objects of a type are stored as they are set, so that what they refer to has to be there, and stays.</summary>
    public static bool Hold(TypeSchema type) => !s_elsewhere.Contains(type.Name);

    /// <summary>The objects that keep an object from being removed, by type and id; without those of types that the account may not read.</summary>
    public async Task<IReadOnlyList<ObjectReference>> FindAsync(TypeSchema type, string id, CancellationToken cancellationToken)
    {
        var found = new List<ObjectReference>();
        foreach (TypeSchema owner in schema.Types.Where(owner => Hold(owner) && !(type.Name == Account && s_ofAccount.Contains(owner.Name))))
        {
            PropertySchema[] holders = [.. owner.Shape.Properties.Where(property => _references.MayName(property.Type, type.Name))];
            if (holders.Length > 0)
            {
                found.AddRange((await FindAsync(owner, holders, type.Name, id, cancellationToken).ConfigureAwait(false)).Select(other => new ObjectReference(owner.Name, other)));
            }
        }
        return found;
    }

    private async Task<IReadOnlyList<string>> FindAsync(TypeSchema owner, PropertySchema[] holders, string type, string id, CancellationToken cancellationToken)
    {
        try
        {
            if (!owner.IsSingleton && holders is [var only] && GetPlain(only.Type).Kind == ValueKind.Id)
            {
                try
                {
                    return await channel.ListIdsAsync(owner.WireName, writer => writer.WriteString(only.Name, id), cancellationToken).ConfigureAwait(false);
                }
                catch (MailServerException e) when (e.Code is MailErrorCode.Unsupported or MailErrorCode.InvalidRequest)
                {
                    // The server has no index of it.
                }
            }
            return await ReadAsync(owner, holders, type, id, cancellationToken).ConfigureAwait(false);
        }
        catch (MailServerException e) when (e.Code is MailErrorCode.Forbidden or MailErrorCode.Unsupported)
        {
            return [];
        }
    }

    private async Task<IReadOnlyList<string>> ReadAsync(TypeSchema owner, PropertySchema[] holders, string type, string id, CancellationToken cancellationToken)
    {
        string[] properties = ["id", .. owner.Shape.HasVariants ? [ObjectShape.VariantMember] : Array.Empty<string>(), .. holders.Select(holder => holder.Name)];
        string? ReadLinked(JsonElement item) => _references.Find(owner.Shape, JsonObject.Create(item)!).Any(found => found.Id == id && ReferenceReader.GetType(found.Type) == type) ? item.GetProperty("id").GetString() : null;
        if (owner.IsSingleton)
        {
            GetAnswer<string?> answer = await channel.GetAsync(owner.WireName, [MailObject.SingletonId], ReadLinked, cancellationToken, properties).ConfigureAwait(false);
            return [.. answer.Items.OfType<string>()];
        }
        var linked = new List<string>();
        await foreach (string? other in channel.ListAsync(owner.WireName, ReadLinked, properties: properties, cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            if (other is not null)
            {
                linked.Add(other);
            }
        }
        return linked;
    }

    private static ObjectValueType GetPlain(ObjectValueType type) => type is { Kind: ValueKind.Set, Item: { } item } ? item : type;
}
