using System.Collections.Immutable;
using System.Text.Json;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Objects;

/// <summary>
/// Reads the schema that a server serves: of its types, what they hold. What it says for forms and pages of a web interface is not read.
/// </summary>
internal sealed class ObjectSchemaReader(JsonElement document)
{
    private const string AccountMember = "accountId";
    // Of these the server knows whose a new one is, though the schema does not say so.
    private static readonly string[] s_ofAccounts = ["ArchivedItem", "MaskedEmail", "PublicKey", "SpamTrainingSample"];
    private readonly JsonElement _fields = document.GetProperty("fields");
    private readonly JsonElement _enums = document.GetProperty("enums");

    public T Read<T>(Func<Dictionary<string, TypeSchema>, Dictionary<string, ObjectShape>, T> create)
    {
        var shapes = new Dictionary<string, ObjectShape>(StringComparer.OrdinalIgnoreCase);
        foreach (JsonProperty entry in document.GetProperty("schemas").EnumerateObject().Where(IsOfManagement))
        {
            shapes[ObjectTypeName.Trim(entry.Name)] = ReadShape(ObjectTypeName.Trim(entry.Name), entry.Value);
        }
        foreach (ObjectShape shape in shapes.Values.ToArray())
        {
            shapes[shape.Name] = shape.AddNeeded(property => FindNeeded(shapes, property, []));
        }
        var types = new Dictionary<string, TypeSchema>(StringComparer.OrdinalIgnoreCase);
        foreach (JsonProperty entry in document.GetProperty("objects").EnumerateObject().Where(IsOfManagement))
        {
            string name = ObjectTypeName.Trim(entry.Name);
            string? kind = entry.Value.GetText("type");
            // A view is a part of another type, and has no methods.
            if (kind is "object" or "singleton" && shapes.TryGetValue(name, out ObjectShape? shape))
            {
                types[name] = new TypeSchema(name, shape)
                {
                    IsSingleton = kind == "singleton",
                    IsEnterprise = IsTrue(entry.Value, "enterprise"),
                    PermissionPrefix = entry.Value.GetText("permissionPrefix") ?? "",
                };
            }
        }
        return create(types, shapes);
    }

    private static bool IsOfManagement(JsonProperty entry) => ObjectTypeName.IsOne(entry.Name);

    private ObjectShape ReadShape(string name, JsonElement shape)
    {
        var forms = new Dictionary<string, Dictionary<string, PropertySchema>>(StringComparer.OrdinalIgnoreCase);
        if (shape.GetText("type") == "multiple")
        {
            foreach (JsonElement variant in shape.GetProperty("variants").EnumerateArray())
            {
                forms[variant.GetText("name") ?? throw new JsonException("A variant has no name.")] = ReadForm(variant.GetText("schemaName"));
            }
        }
        else
        {
            forms[""] = ReadForm(shape.GetText("schemaName"));
        }
        foreach (Dictionary<string, PropertySchema> form in forms.Values.Where(_ => s_ofAccounts.Contains(name)))
        {
            if (form.TryGetValue(AccountMember, out PropertySchema? account))
            {
                form[AccountMember] = account with { IsFilledIn = true };
            }
        }
        return new ObjectShape(name, forms.ToDictionary(form => form.Key, form => (IReadOnlyDictionary<string, PropertySchema>)form.Value, StringComparer.OrdinalIgnoreCase));
    }

    // An object that nobody says is of the first variant, with its defaults.
    private static string? FindNeeded(Dictionary<string, ObjectShape> shapes, PropertySchema property, ImmutableHashSet<string> seen) =>
        property is { IsReadOnly: false, IsFilledIn: false, Type: { Kind: ValueKind.Object, IsNullable: false }, Default.ValueKind: JsonValueKind.Undefined }
            && !seen.Contains(property.Type.Of) && shapes.GetValueOrDefault(property.Type.Of) is { } shape
            ? shape.Forms.Values.First().Values.Select(inner => inner.IsRequired ? inner.Name : FindNeeded(shapes, inner, seen.Add(property.Type.Of)) is { } deeper ? $"{inner.Name}/{deeper}" : null).FirstOrDefault(needed => needed is not null)
            : null;

    private Dictionary<string, PropertySchema> ReadForm(string? name)
    {
        var properties = new Dictionary<string, PropertySchema>(StringComparer.OrdinalIgnoreCase);
        if (name is null || !_fields.TryGetProperty(name, out JsonElement form))
        {
            return properties;
        }
        JsonElement defaults = form.TryGetProperty("defaults", out JsonElement said) ? said : default;
        foreach (JsonProperty entry in form.GetProperty("properties").EnumerateObject())
        {
            string? update = entry.Value.GetText("update");
            properties[entry.Name] = new PropertySchema(entry.Name, ReadType(entry.Value.GetProperty("type")))
            {
                IsReadOnly = update == "serverSet",
                IsFixed = update == "immutable",
                IsEnterprise = IsTrue(entry.Value, "enterprise"),
                Default = defaults.ValueKind == JsonValueKind.Object && defaults.TryGetProperty(entry.Name, out JsonElement value) ? value : default,
            };
        }
        return properties;
    }

    private ObjectValueType ReadType(JsonElement type)
    {
        string kind = type.GetText("type") ?? throw new JsonException("A property has no type.");
        string format = type.GetText("format") ?? "";
        ObjectValueType read = (kind, format) switch
        {
            ("string", "secret" or "secretText") => new ObjectValueType(ValueKind.Secret),
            ("string", _) => new ObjectValueType(ValueKind.Text),
            ("blobId", _) => new ObjectValueType(ValueKind.Text),
            ("boolean", _) => new ObjectValueType(ValueKind.Boolean),
            ("number", "unsignedInteger") => new ObjectValueType(ValueKind.UnsignedInteger),
            ("number", "integer") => new ObjectValueType(ValueKind.Integer),
            ("number", "size") => new ObjectValueType(ValueKind.Size),
            ("number", "duration") => new ObjectValueType(ValueKind.Duration),
            ("number", _) => new ObjectValueType(ValueKind.Float),
            ("utcDateTime", _) => new ObjectValueType(ValueKind.Time),
            ("enum", _) => new ObjectValueType(ValueKind.Word) { Words = ReadWords(type.GetText("enumName")) },
            ("objectId", _) => new ObjectValueType(ValueKind.Id) { Of = ObjectTypeName.Trim(type.GetText("objectName") ?? "") },
            ("object", _) => new ObjectValueType(ValueKind.Object) { Of = ObjectTypeName.Trim(type.GetText("objectName") ?? "") },
            ("objectList", _) => new ObjectValueType(ValueKind.List) { Of = ObjectTypeName.Trim(type.GetText("objectName") ?? "") },
            ("set", _) => new ObjectValueType(ValueKind.Set) { Item = ReadType(type.GetProperty("class")) },
            ("map", _) => new ObjectValueType(ValueKind.Map) { Key = ReadType(type.GetProperty("keyClass")), Item = ReadType(type.GetProperty("valueClass")) },
            _ => new ObjectValueType(ValueKind.Unknown),
        };
        return read with
        {
            Format = read.Kind == ValueKind.Unknown ? kind : format,
            IsNullable = IsTrue(type, "nullable"),
            Minimum = ReadNumber(type, "min"),
            Maximum = ReadNumber(type, "max"),
            MinItems = (int?)ReadNumber(type, "minItems"),
            MaxLength = (int?)ReadNumber(type, "maxLength"),
        };
    }

    private string[] ReadWords(string? name) => name is not null && _enums.TryGetProperty(name, out JsonElement words)
        ? [.. words.EnumerateArray().Select(word => word.GetText("name") ?? throw new JsonException("A word has no name."))]
        : [];

    private static double? ReadNumber(JsonElement type, string name) => type.TryGetProperty(name, out JsonElement number) && number.ValueKind == JsonValueKind.Number ? number.GetDouble() : null;

    private static bool IsTrue(JsonElement parent, string name) => parent.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.True;
}
