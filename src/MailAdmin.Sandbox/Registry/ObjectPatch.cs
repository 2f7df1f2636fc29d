using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MailAdmin.Sandbox.Registry;

/// <summary>Changes objects as a client says: whole values, or parts of them by path.</summary>
/// <param name="schema">The types.</param>
/// <param name="defaults">What new objects begin with.</param>
/// <param name="plain">Reads what is no object.</param>
/// <param name="fixedProperties">What this caller may not set.</param>
internal sealed class ObjectPatch(RegistrySchema schema, DefaultValues defaults, PlainValues plain, IReadOnlyCollection<string> fixedProperties)
{
    /// <summary>A new object of a shape.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="sent">What the client says of it.</param>
    /// <param name="unstored">Receives what is used when it is created, and not stored.</param>
    /// <exception cref="PatchException">That cannot be.</exception>
    public JsonObject Create(string shape, JsonObject sent, JsonObject unstored)
    {
        var made = (JsonObject)PatchObject(shape, defaults.Create(shape), [], sent, isNew: true, unstored);
        return Tidied(shape, made);
    }

    /// <summary>Changes an object.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="current">The object, which is left as it is.</param>
    /// <param name="patch">Values by property or by path.</param>
    /// <param name="unstored">Receives what is used and not stored.</param>
    /// <exception cref="PatchException">That cannot be.</exception>
    public JsonObject Update(string shape, JsonObject current, JsonObject patch, JsonObject unstored)
    {
        if (patch[RegistrySchema.Variant] is JsonValue variant && variant.TryGetValue(out string? name) && name != current[RegistrySchema.Variant]?.GetValue<string>()
            && schema.Variants.ContainsKey(shape))
        {
            return Create(shape, patch, unstored);
        }

        var changed = (JsonObject)current.DeepClone();
        foreach ((string path, JsonNode? value) in patch.Where(member => member.Key != RegistrySchema.Variant))
        {
            try
            {
                PatchObject(shape, changed, JsonPath.Split(path), value, isNew: false, unstored);
            }
            catch (PatchException refused)
            {
                throw refused.Within(path);
            }
        }

        return Tidied(shape, changed);
    }

    private JsonNode? PatchValue(PropertyType type, JsonNode? current, ReadOnlySpan<string> path, JsonNode? value, bool isNew)
    {
        if (type.Nullable && value is null)
        {
            return path.IsEmpty ? null : throw Refuse("nothing is there");
        }

        switch (type.Kind)
        {
            case PropertyKind.Object:
                return PatchObject(type.Of, Own(current) ?? defaults.Create(type.Of), path, value, isNew, []);
            case PropertyKind.List:
                return PatchList(type, Own(current) ?? [], path, value, isNew);
            case PropertyKind.Set:
                return PatchSet(type, Own(current) ?? [], path, value);
            case PropertyKind.Map:
                return PatchMap(type, Own(current) ?? [], path, value, isNew);
            default:
                return path.IsEmpty && plain.Read(type, value) is { } read ? read : throw Refuse("not a value of this property");
        }
    }

    private JsonObject PatchObject(string shape, JsonObject current, ReadOnlySpan<string> path, JsonNode? value, bool isNew, JsonObject unstored)
    {
        if (schema.Variants.TryGetValue(shape, out VariantType? variants) && path.IsEmpty)
        {
            // The variant has to be said, and everything else begins anew.
            string? variant = (value as JsonObject)?[RegistrySchema.Variant] is JsonValue said && said.TryGetValue(out string? word) ? word : null;
            current = variant is not null && variants.Of.ContainsKey(variant) ? defaults.Create(shape, variant) : throw Refuse("@type is missing or unknown");
        }

        StructType type = schema.StructOf(shape, current);
        if (!path.IsEmpty)
        {
            PatchProperty(type, current, path[0], path[1..], value, isNew, unstored);
            return current;
        }

        if (value is not JsonObject members)
        {
            throw Refuse("not an object");
        }

        if (ReferenceEquals(type, StructType.Empty))
        {
            return current;
        }

        foreach ((string name, JsonNode? member) in members.Where(member => member.Key != RegistrySchema.Variant))
        {
            if (!schema.KnownProperties.Contains(name))
            {
                throw Refuse("no such property");
            }

            try
            {
                PatchProperty(type, current, name, [], member, isNew, unstored);
            }
            catch (PatchException refused)
            {
                throw refused.Within(name);
            }
        }

        return current;
    }

    private void PatchProperty(StructType type, JsonObject current, string name, ReadOnlySpan<string> path, JsonNode? value, bool isNew, JsonObject unstored)
    {
        if (!type.Properties.TryGetValue(name, out PropertyType? property)
            || property.Update == PropertyUpdate.ServerSet
            || (property.Update == PropertyUpdate.Immutable && !isNew)
            || fixedProperties.Contains(name))
        {
            throw Refuse("no such property, or it cannot be changed");
        }

        JsonObject target = property.Computed ? unstored : current;
        JsonNode? was = target[name];
        JsonNode? patched = PatchValue(property, was, path, value, isNew);
        if (!ReferenceEquals(was, patched) || was is null)
        {
            target[name] = patched;
        }
    }

    private JsonObject PatchList(PropertyType type, JsonObject current, ReadOnlySpan<string> path, JsonNode? value, bool isNew)
    {
        if (path.IsEmpty)
        {
            var items = new JsonObject();
            foreach ((string place, JsonNode? item) in value as JsonObject ?? throw Refuse("not a list by place"))
            {
                items[ReadPlace(place)] = PatchObject(type.Of, defaults.Create(type.Of), [], item, isNew, []);
            }

            return items;
        }

        string at = ReadPlace(path[0]);
        if (path.Length > 1 || value is not null)
        {
            JsonObject item = current[at] as JsonObject ?? defaults.Create(type.Of);
            JsonObject patched = PatchObject(type.Of, item, path[1..], value, isNew, []);
            if (!ReferenceEquals(current[at], patched))
            {
                current[at] = patched;
            }
        }
        else if (!current.Remove(at))
        {
            throw Refuse("nothing is there");
        }

        return current;
    }

    private JsonObject PatchSet(PropertyType type, JsonObject current, ReadOnlySpan<string> path, JsonNode? value)
    {
        if (path.IsEmpty)
        {
            var items = new JsonObject();
            foreach ((string name, JsonNode? isIn) in value as JsonObject ?? throw Refuse("not a set"))
            {
                string item = plain.ReadName(type.Item!, name) ?? throw Refuse("no item of this set");
                if (ReadFlag(isIn) ?? throw Refuse("neither true nor false"))
                {
                    items[item] = true;
                }
            }

            return items;
        }

        string changed = (path.Length == 1 ? plain.ReadName(type.Item!, path[0]) : null) ?? throw Refuse("no item of this set");
        if (value is not null && (ReadFlag(value) ?? throw Refuse("neither true nor false")))
        {
            current[changed] = true;
        }
        else
        {
            current.Remove(changed);
        }

        return current;
    }

    private JsonObject PatchMap(PropertyType type, JsonObject current, ReadOnlySpan<string> path, JsonNode? value, bool isNew)
    {
        if (path.IsEmpty)
        {
            var entries = new JsonObject();
            foreach ((string name, JsonNode? entry) in value as JsonObject ?? throw Refuse("not a map"))
            {
                entries[ReadKey(type, name)] = PatchValue(type.Value!, defaults.CreateValue(type.Value!), [], entry, isNew);
            }

            return entries;
        }

        string key = ReadKey(type, path[0]);
        if (path.Length == 1 && value is null)
        {
            current.Remove(key);
            return current;
        }

        JsonNode? was = current[key];
        JsonNode? patched = PatchValue(type.Value!, was, path[1..], value, isNew);
        if (!ReferenceEquals(was, patched))
        {
            current[key] = patched;
        }

        return current;
    }

    /// <summary>Counts lists anew from 0.</summary>
    private JsonObject Tidied(string shape, JsonObject value)
    {
        foreach ((string name, PropertyType property) in schema.StructOf(shape, value).Properties)
        {
            if (value[name] is not JsonObject inner)
            {
                continue;
            }

            switch (property.Kind)
            {
                case PropertyKind.Object:
                    Tidied(property.Of, inner);
                    break;
                case PropertyKind.List:
                    JsonNode[] items = [.. inner.OrderBy(item => uint.Parse(item.Key, CultureInfo.InvariantCulture)).Select(item => item.Value!)];
                    inner.Clear();
                    for (int i = 0; i < items.Length; i++)
                    {
                        inner[i.ToString(CultureInfo.InvariantCulture)] = Tidied(property.Of, items[i].AsObject());
                    }

                    break;
                case PropertyKind.Map when property.Value!.Kind == PropertyKind.Object:
                    foreach (KeyValuePair<string, JsonNode?> entry in inner)
                    {
                        Tidied(property.Value.Of, entry.Value!.AsObject());
                    }

                    break;
                default:
                    break;
            }
        }

        return value;
    }

    private string ReadKey(PropertyType type, string name) => plain.ReadName(type.Key!, name) ?? throw Refuse("no key of this map");

    private static string ReadPlace(string text) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint place) ? place.ToString(CultureInfo.InvariantCulture) : throw Refuse("not a place in a list");

    private static bool? ReadFlag(JsonNode? value) => value?.GetValueKind() switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    private static JsonObject? Own(JsonNode? current) => current as JsonObject;

    private static PatchException Refuse(string reason) => new("", reason);
}
