// What a real server took or refused, against what is checked before anything is sent: the checks know its schema, and refuse nothing that it takes.
using System.Text.Json;
using System.Text.Json.Nodes;
using MailAdmin.Client;
using MailAdmin.Client.Api.Objects;
using MailAdmin.Tests.Jmap;
using MailAdmin.Tests.Recordings;

namespace MailAdmin.Tests.Objects;

public sealed class ObjectRecordingTests
{
    private static readonly ObjectSchema s_schema = SandboxSchema.Value;

    [Fact]
    public void Every_object_that_was_answered_is_read()
    {
        int count = 0;
        var reader = new ObjectReader(s_schema);
        foreach ((string type, JsonElement item, string id) in ReadAnswers())
        {
            TypeSchema schema = s_schema.Find(type).ShouldNotBeNull(id);
            MailObject read = reader.Read(schema, item);
            foreach (JsonProperty member in item.EnumerateObject().Where(member => member.Name != "id"))
            {
                read.Property.ContainsKey(member.Name).ShouldBeTrue($"{id}: {type}.{member.Name}");
                (member.Name == "@type" || schema.Shape.Properties.Any(property => property.Name == member.Name)).ShouldBeTrue($"{id}: {type}.{member.Name} is not in the schema");
            }
            read.ToString().ShouldNotContain("****");
            count++;
        }
        count.ShouldBeGreaterThan(400);
    }

    [Fact]
    public void What_was_created_is_not_refused()
    {
        int count = 0;
        foreach ((string type, JsonElement value, string id) in ReadSets("create", "created"))
        {
            TypeSchema schema = s_schema.Find(type)!;
            if (!schema.IsSingleton && !IsRefusedOnPurpose(value))
            {
                JsonObject written = Should.NotThrow(() => new ObjectWriter(s_schema).WriteNew(schema, ToTable(schema.Shape, value)), id);
                written.Count.ShouldBe(value.EnumerateObject().Count() + (schema.Shape.HasVariants && !value.TryGetProperty("@type", out _) ? 1 : 0), id);
                count++;
            }
        }
        count.ShouldBeGreaterThan(80);
    }

    [Fact]
    public void What_the_server_had_no_value_for_is_required_here()
    {
        // A creation without one of its required properties is one that the server refused.
        foreach ((string type, JsonElement value, string id) in ReadSets("create", "created"))
        {
            TypeSchema schema = s_schema.Find(type)!;
            IReadOnlyDictionary<string, PropertySchema> form = schema.Shape.GetForm(GetVariant(value));
            form.Values.Where(property => property.IsRequired && !value.TryGetProperty(property.Name, out _)).Select(property => $"{id}: {type}.{property.Name}").ShouldBeEmpty();
        }
    }

    // Secrets and credentials, which have cmdlets of their own, and what traps are made of.
    private static bool IsRefusedOnPurpose(JsonElement value) => value.GetRawText().Contains("****", StringComparison.Ordinal) || value.TryGetProperty("credentials", out _);

    // What a script would pass: objects are tables, sets and lists arrays, durations time spans.
    private static OrderedDictionary<string, object?> ToTable(ObjectShape shape, JsonElement value)
    {
        var table = new OrderedDictionary<string, object?>();
        string? variant = GetVariant(value) ?? (shape.HasVariants ? shape.Variants.First() : null);
        if (variant is not null)
        {
            table["@type"] = variant;
        }
        foreach (JsonProperty member in value.EnumerateObject().Where(member => member.Name != "@type"))
        {
            table[member.Name] = ToValue(shape.GetForm(variant)[member.Name].Type, member.Value);
        }
        return table;
    }

    private static object? ToValue(ObjectValueType type, JsonElement value) => (type.Kind, value.ValueKind) switch
    {
        (ValueKind.Object, JsonValueKind.Object) => ToTable(s_schema.GetShape(type), value),
        (ValueKind.List, JsonValueKind.Object) => value.EnumerateObject().Select(item => (object)ToTable(s_schema.GetShape(type), item.Value)).ToArray(),
        (ValueKind.Set, JsonValueKind.Object) => value.EnumerateObject().Select(item => type.Item!.Kind == ValueKind.Id && item.Name[0] == '#' ? "b" : item.Name).ToArray(),
        (ValueKind.Map, JsonValueKind.Object) => value.EnumerateObject().ToDictionary(item => item.Name, item => ToValue(type.Item!, item.Value)),
        (ValueKind.Duration, JsonValueKind.Number) => TimeSpan.FromMilliseconds(value.GetInt64()),
        (ValueKind.Id, JsonValueKind.String) when value.GetString()![0] == '#' => "b",
        _ => NamedValues.FromJson(value),
    };

    private static string? GetVariant(JsonElement value) => value.TryGetProperty("@type", out JsonElement variant) ? variant.GetString() : null;

    private static IEnumerable<(string Type, JsonElement Item, string Id)> ReadAnswers() =>
        from exchange in RecordedJmapAnswers.ReadAll().Where(exchange => exchange is { Path: "/jmap", Status: 200 })
        from response in JsonElement.Parse(exchange.Body).GetProperty("methodResponses").EnumerateArray()
        let method = response[0].GetString()!
        where method.StartsWith("x:", StringComparison.Ordinal) && method.EndsWith("/get", StringComparison.Ordinal)
        from item in response[1].GetProperty("list").EnumerateArray()
        select (method[2..^4], item, exchange.Id);

    private static IEnumerable<(string Type, JsonElement Value, string Id)> ReadSets(string sent, string done)
    {
        foreach (RecordedExchange exchange in RecordedJmapAnswers.ReadAll().Where(exchange => exchange is { Path: "/jmap", Status: 200 } && exchange.RequestBody.StartsWith('{')))
        {
            JsonElement[] calls = [.. JsonElement.Parse(exchange.RequestBody).GetProperty("methodCalls").EnumerateArray()];
            foreach (JsonElement response in JsonElement.Parse(exchange.Body).GetProperty("methodResponses").EnumerateArray())
            {
                string method = response[0].GetString()!;
                JsonElement call = calls.FirstOrDefault(call => call[2].GetRawText() == response[2].GetRawText());
                if (!method.StartsWith("x:", StringComparison.Ordinal) || !method.EndsWith("/set", StringComparison.Ordinal) || call.ValueKind != JsonValueKind.Array
                    || !response[1].TryGetProperty(done, out JsonElement outcomes) || !call[1].TryGetProperty(sent, out JsonElement values))
                {
                    continue;
                }
                foreach (JsonProperty value in values.EnumerateObject().Where(value => outcomes.TryGetProperty(value.Name, out _)))
                {
                    yield return (method[2..^4], value.Value, exchange.Id);
                }
            }
        }
    }
}
