using System.Globalization;
using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Registry;
using MailAdmin.Sandbox.Values;

namespace MailAdmin.Sandbox.Jmap;

/// <summary>Finds stored objects by the indexes of their type.</summary>
internal static class RegistryQuery
{
    public static JsonObject Run(MethodContext call, RegistryStore store)
    {
        var query = QueryArguments.Read(call, store.Schema);
        Func<RegistryObject, bool>[] conditions = [.. query.Filter.Select(condition => Compile(store, call, condition))];
        IndexKind? sortKind = query.SortBy == "id" ? null
            : call.Type.Indexes.TryGetValue(query.SortBy, out IndexKind kind) && kind != IndexKind.Words ? kind
            : throw MethodException.UnsupportedSort();
        IEnumerable<RegistryObject> found = store.List(call.Type).Values.Where(item => call.Sees(item) && conditions.All(condition => condition(item)));
        if (query.ReadsFromFirst)
        {
            return QueryPage.CutFirst(call, query, found.Select(item => item.Id));
        }

        return QueryPage.CutOrdered(call, query, [.. Sort(store, call.Type, found, query, sortKind)]);
    }

    private static IEnumerable<ulong> Sort(RegistryStore store, ObjectType type, IEnumerable<RegistryObject> found, QueryArguments query, IndexKind? kind)
    {
        if (kind is not { } sortKind)
        {
            return query.IsAscending ? found.Select(item => item.Id) : found.Select(item => item.Id).Reverse();
        }

        // What has no value comes last in both directions, or not at all where nothing is filtered.
        ILookup<bool, (RegistryObject Item, string? Key)> keyed = found.Select(item => (item, KeysOf(store, type, sortKind, item, query.SortBy).FirstOrDefault()))
            .ToLookup(entry => entry.Item2 is not null, entry => (entry.item, entry.Item2));
        IEnumerable<ulong> sorted = keyed[true].OrderBy(entry => entry.Key, StringComparer.Ordinal).ThenBy(entry => entry.Item.Id).Select(entry => entry.Item.Id);
        sorted = query.IsAscending ? sorted : sorted.Reverse();
        return query.Filter.Count == 0 ? sorted : sorted.Concat(keyed[false].Select(entry => entry.Item.Id));
    }

    /// <summary>A condition; one that the type has no index for, or with a value of another kind, is refused.</summary>
    private static Func<RegistryObject, bool> Compile(RegistryStore store, MethodContext call, FilterCondition condition)
    {
        if (!call.Type.Indexes.TryGetValue(condition.Property, out IndexKind kind))
        {
            throw MethodException.UnsupportedFilter("Nothing can be filtered by this property.");
        }

        if (kind == IndexKind.Words)
        {
            return condition.Text is { } text ? CompileWords(store, call, condition.Property, text) : throw WrongValue();
        }

        string key = ReadKey(store.Schema, call.Type, kind, condition) ?? throw WrongValue();
        return item => KeysOf(store, call.Type, kind, item, condition.Property).Any(value => condition.Accepts(string.CompareOrdinal(value, key)));
    }

    /// <summary>All words have to be there, but words before the first that is anywhere are ignored. Nothing is found without a word.</summary>
    private static Func<RegistryObject, bool> CompileWords(RegistryStore store, MethodContext call, string filter, string text)
    {
        string[] words = [.. ObjectIndex.WordsOf(text).SkipWhile(word => !store.List(call.Type).Values.Any(item => item.Index.HasWord(filter, word)))];
        return item => words.Length > 0 && words.All(word => item.Index.HasWord(filter, word));
    }

    private static string? ReadKey(RegistrySchema schema, ObjectType type, IndexKind kind, FilterCondition condition) => (kind, condition.Text) switch
    {
        (IndexKind.Number, _) => condition.Value is JsonValue number && number.TryGetValue(out long value) ? SortableNumber((ulong)value) : null,
        (IndexKind.Boolean, _) => condition.Value is JsonValue flag && flag.TryGetValue(out bool value) ? Sortable(value) : null,
        (_, null) => null,
        (IndexKind.Enum, { } word) => schema.Variants.TryGetValue(type.Name, out VariantType? variants) && variants.Of.ContainsKey(word) ? SortableVariant(variants, word) : null,
        (IndexKind.Id, { } text) => RegistryId.TryParse(text, out ulong id) ? SortableNumber(id) : null,
        (IndexKind.IpMask, { } text) => SortableNetwork(text),
        (_, { } text) => text,
    };

    /// <summary>The values of an object under an index, written so that they sort as texts.</summary>
    private static IEnumerable<string> KeysOf(RegistryStore store, ObjectType type, IndexKind kind, RegistryObject item, string property) => (kind, item.Value[property]) switch
    {
        (_, null) => [],
        (IndexKind.Id, JsonObject ids) => ids.Select(id => RegistryId.TryParse(id.Key, out ulong number) ? SortableNumber(number) : ""),
        (IndexKind.Id, { } value) => RegistryId.TryParse(value.GetValue<string>(), out ulong id) ? [SortableNumber(id)] : [],
        (IndexKind.Number, { } value) => [SortableNumber(value.GetValue<ulong>())],
        (IndexKind.Boolean, { } value) => [Sortable(value.GetValue<bool>())],
        (IndexKind.Enum, { } value) when property == RegistrySchema.Variant => [SortableVariant(store.Schema.Variants[type.Name], value.GetValue<string>())],
        (IndexKind.IpMask, { } value) => SortableNetwork(value.GetValue<string>()) is { } key ? [key] : [],
        (_, { } value) => [value.ToString()],
    };

    private static string SortableNumber(ulong number) => number.ToString("x16", CultureInfo.InvariantCulture);

    private static string Sortable(bool flag) => flag ? "1" : "0";

    private static string SortableVariant(VariantType variants, string word) => SortableNumber((ulong)variants.Of.Keys.ToList().IndexOf(word));

    private static string? SortableNetwork(string text)
    {
        string[] parts = text.Split('/');
        return parts.Length <= 2 && IpText.FindAddress(parts[0]) is { } address
            ? Convert.ToHexString(address.GetAddressBytes()) + (parts.Length == 2 && parts[1] is not ("32" or "128") ? "/" + parts[1].PadLeft(3, '0') : "")
            : null;
    }

    private static MethodException WrongValue() => MethodException.UnsupportedFilter("The value is none of this property.");
}
