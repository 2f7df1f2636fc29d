using System.Runtime.CompilerServices;
using System.Text.Json;
using MailAdmin.Client.Jmap;

namespace MailAdmin.Client.Api.Principals;

/// <summary>Lists the objects of one type as principals, with names in place of the ids by which they name others.</summary>
internal sealed class JmapPrincipalLists(JmapChannel channel, DirectoryNames names)
{
    /// <summary>The principals of a type by ascending id.</summary>
    /// <param name="type">The type.</param>
    /// <param name="fields">The fields to read; none = all.</param>
    /// <param name="filter">Writes the members of the filter; null = all objects.</param>
    /// <param name="keys">Gets the API keys of accounts; null = they are not wanted.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    public async IAsyncEnumerable<MailPrincipal> ListAsync(
        DirectoryType type, IReadOnlyList<string> fields, Action<Utf8JsonWriter>? filter, List<MailPrincipal>? keys, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var tables = new Dictionary<NamedKind, NameTable>();
        IReadOnlyList<string> properties = keys is null ? type.GetProperties(fields) : [.. type.GetProperties(fields).Union(JmapKeys.AccountProperties)];
        await foreach (JsonElement item in channel.ListAsync(type.Name, static item => item, filter, properties, cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            keys?.AddRange(JmapKeys.Read(item, fields));
            yield return await ReadAsync(type, fields, item, tables, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>An object as a principal.</summary>
    public ValueTask<MailPrincipal> ReadAsync(DirectoryType type, IReadOnlyList<string> fields, JsonElement item, CancellationToken cancellationToken) =>
        ReadAsync(type, fields, item, [], cancellationToken);

    // An object is read again where it needs names that the ones before it did not.
    private async ValueTask<MailPrincipal> ReadAsync(
        DirectoryType type, IReadOnlyList<string> fields, JsonElement item, Dictionary<NamedKind, NameTable> tables, CancellationToken cancellationToken)
    {
        if (!tables.ContainsKey(NamedKind.Domain) && type.NeedsDomains(fields))
        {
            tables[NamedKind.Domain] = await names.GetAsync(NamedKind.Domain, cancellationToken).ConfigureAwait(false);
        }
        while (true)
        {
            var reader = new JmapPrincipalReader(type, fields, tables);
            MailPrincipal principal = reader.Read(item);
            if (!await LearnAsync(reader.Unnamed, tables, cancellationToken).ConfigureAwait(false))
            {
                return principal;
            }
        }
    }

    // Whether there are names now that were not there before.
    private async ValueTask<bool> LearnAsync(IReadOnlyList<(NamedKind Kind, string Id)> unnamed, Dictionary<NamedKind, NameTable> tables, CancellationToken cancellationToken)
    {
        bool hasLearnt = false;
        foreach (IGrouping<NamedKind, string> kind in unnamed.GroupBy(each => each.Kind, each => each.Id))
        {
            hasLearnt |= await LearnAsync(kind.Key, [.. kind], tables, cancellationToken).ConfigureAwait(false);
        }
        return hasLearnt;
    }

    private async ValueTask<bool> LearnAsync(NamedKind kind, string[] ids, Dictionary<NamedKind, NameTable> tables, CancellationToken cancellationToken)
    {
        if (!tables.TryGetValue(kind, out NameTable? table))
        {
            tables[kind] = await names.GetAsync(kind, cancellationToken).ConfigureAwait(false);
            return true;
        }
        if (table.Unread is not null || Array.TrueForAll(ids, id => names.IsKnownToBeMissing(kind, id)))
        {
            return false;
        }
        tables[kind] = await names.RefreshAsync(kind, table, cancellationToken).ConfigureAwait(false);
        foreach (string id in ids.Where(id => tables[kind].Find(id) is null))
        {
            names.RecordMissing(kind, id);
        }
        return true;
    }
}
