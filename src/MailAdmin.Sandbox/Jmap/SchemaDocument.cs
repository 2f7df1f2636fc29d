using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Registry;

namespace MailAdmin.Sandbox.Jmap;

/// <summary><c>GET /api/schema/{hash}</c>: the types in the server's own form, compressed.</summary>
internal static class SchemaDocument
{
    /// <summary>The hash of the newest version, by which clients tell it.</summary>
    public const string Hash = "qrkHgLr93kiURU26l8rguSd0PEsyxYI-FWo9nC3v_0Y";

    private static readonly Lazy<byte[]> s_body = new(() => Compress(Write(RegistrySchema.Default)));

    public static SandboxResponse Respond() => new(200, "application/json", s_body.Value)
    {
        Headers = [KeyValuePair.Create("Content-Encoding", "gzip"), KeyValuePair.Create("Cache-Control", "public, max-age=31536000, immutable")],
    };

    public static JsonObject Write(RegistrySchema schema) => new()
    {
        ["objects"] = Map(schema.Objects.Values.Select(type => (type.Name, (JsonNode)WriteObject(type)))),
        ["schemas"] = Map(schema.Structs.Keys.Except(schema.Variants.Keys).Select(name => (name, (JsonNode)new JsonObject { ["type"] = "single", ["schemaName"] = $"x:{name}" }))
            .Concat(schema.Variants.Select(entry => (entry.Key, (JsonNode)WriteVariants(entry.Value))))),
        ["fields"] = Map(schema.Structs.Select(entry => (entry.Key, (JsonNode)WriteStruct(schema, entry.Value)))),
        ["enums"] = new JsonObject(schema.Enums.Select(entry => KeyValuePair.Create(
            entry.Key, (JsonNode?)new JsonArray([.. entry.Value.Select(word => new JsonObject { ["name"] = word })])))),
    };

    private static JsonObject WriteObject(ObjectType type)
    {
        var json = new JsonObject { ["type"] = type.Singleton ? "singleton" : "object", ["permissionPrefix"] = type.Permission };
        if (type.Enterprise)
        {
            json["enterprise"] = true;
        }

        return json;
    }

    private static JsonObject WriteVariants(VariantType variants) => new()
    {
        ["type"] = "multiple",
        ["variants"] = new JsonArray([.. variants.Of.Select(entry => entry.Value is null
            ? new JsonObject { ["name"] = entry.Key }
            : new JsonObject { ["name"] = entry.Key, ["schemaName"] = $"x:{entry.Value}" })]),
    };

    private static JsonObject WriteStruct(RegistrySchema schema, StructType type)
    {
        var json = new JsonObject
        {
            ["properties"] = new JsonObject(type.Properties.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)WriteProperty(entry.Value)))),
        };
        var defaults = new JsonObject(type.Properties.Where(entry => entry.Value.Default is not null)
            .Select(entry => KeyValuePair.Create(entry.Key, WriteDefault(schema, entry.Value, entry.Value.Default))));
        if (defaults.Count > 0)
        {
            json["defaults"] = defaults;
        }

        return json;
    }

    // In defaults inside of others lists are arrays, durations have a unit, and an expression that is always the same is that alone.
    private static JsonNode? WriteDefault(RegistrySchema schema, PropertyType type, JsonNode? value, bool isInside = false)
    {
        if (isInside && type.Kind == PropertyKind.Duration && value is JsonValue number)
        {
            return WriteDuration(number.GetValue<long>());
        }

        if (isInside && type.Kind == PropertyKind.List && value is JsonObject items)
        {
            return new JsonArray([.. items.Select(item => item.Value?.DeepClone())]);
        }

        if (type.Kind != PropertyKind.Object || value is not JsonObject members || !schema.Structs.TryGetValue(type.Of, out StructType? shape))
        {
            return value?.DeepClone();
        }

        return type.Of == "Expression" && members["match"] is JsonObject { Count: 0 }
            ? new JsonObject { ["default"] = members["else"]?.DeepClone() }
            : new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, WriteDefault(schema, shape.Properties[member.Key], member.Value, isInside: true))));
    }

    private static string WriteDuration(long milliseconds) => (milliseconds / 1000) switch
    {
        var seconds when seconds % 86400 == 0 => $"{seconds / 86400}d",
        var seconds when seconds % 3600 == 0 => $"{seconds / 3600}h",
        var seconds when seconds % 60 == 0 => $"{seconds / 60}m",
        var seconds => $"{seconds}s",
    };

    private static JsonObject WriteProperty(PropertyType property)
    {
        var json = new JsonObject { ["type"] = WriteType(property), ["update"] = Word(property.Update) };
        if (property.Enterprise)
        {
            json["enterprise"] = true;
        }

        return json;
    }

    private static JsonObject WriteType(PropertyType type)
    {
        JsonObject json = type.Kind switch
        {
            PropertyKind.Boolean or PropertyKind.UtcDateTime or PropertyKind.BlobId => new JsonObject { ["type"] = Word(type.Kind) },
            PropertyKind.UnsignedInteger or PropertyKind.Integer or PropertyKind.Float or PropertyKind.Size or PropertyKind.Duration =>
                new JsonObject { ["type"] = "number", ["format"] = Word(type.Kind) },
            PropertyKind.Enum => new JsonObject { ["type"] = "enum", ["enumName"] = type.Of },
            PropertyKind.Id => new JsonObject { ["type"] = "objectId", ["objectName"] = $"x:{type.Of}" },
            PropertyKind.Object => new JsonObject { ["type"] = "object", ["objectName"] = $"x:{type.Of}" },
            PropertyKind.List => new JsonObject { ["type"] = "objectList", ["objectName"] = $"x:{type.Of}" },
            PropertyKind.Set => new JsonObject { ["type"] = "set", ["class"] = WriteType(type.Item!) },
            PropertyKind.Map => new JsonObject { ["type"] = "map", ["keyClass"] = WriteType(type.Key!), ["valueClass"] = WriteType(type.Value!) },
            _ => new JsonObject { ["type"] = "string", ["format"] = Word(type.Kind) },
        };
        foreach ((string name, JsonNode? value) in new (string, JsonNode?)[]
        {
            ("nullable", type.Nullable ? true : null), ("min", type.Min), ("max", type.Max), ("minItems", type.MinItems), ("maxLength", type.MaxLength),
        })
        {
            if (value is not null)
            {
                json[name] = value;
            }
        }

        return json;
    }

    private static JsonObject Map(IEnumerable<(string Name, JsonNode Value)> entries) =>
        new(entries.Select(entry => KeyValuePair.Create($"x:{entry.Name}", (JsonNode?)entry.Value)));

    private static string Word(Enum value) => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private static byte[] Compress(JsonObject json)
    {
        using var compressed = new MemoryStream();
        using (var stream = new GZipStream(compressed, CompressionLevel.Optimal))
        {
            JsonSerializer.Serialize(stream, json);
        }

        return compressed.ToArray();
    }
}
