using System.Collections;
using System.Globalization;
using System.Net;
using System.Security;
using System.Text.Json.Nodes;
using MailAdmin.Client.Jmap;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Objects;

/// <summary>
/// Writes values of scripts in the forms that the server takes. What it would refuse without a word of where, or take for something else, is refused here, by the name
/// of the property.
/// </summary>
internal sealed class ObjectWriter(ObjectSchema schema)
{
    private const string Mask = "****";
    private const string CredentialsMember = "credentials";
    private const string AccountType = "Account";
    private const int MaxListedWords = 20;
    private const string RoleType = "Role";
    private readonly List<string> _secrets = [];
    private readonly HashSet<string> _roleIds = new(StringComparer.Ordinal);
    private readonly List<string> _notices = [];

    /// <summary>The secrets in what was written, which no message may contain.</summary>
    public IReadOnlyList<string> Secrets => _secrets;

    /// <summary>The roles that what was written names.</summary>
    public IReadOnlyCollection<string> RoleIds => _roleIds;

    /// <summary>What the server makes something else of than was said, more than other capitals.</summary>
    public IReadOnlyList<string> Notices => _notices;

    /// <summary>Says that a text is another on the server.</summary>
    public static string DescribeOther(string path, string said, string stored) => $"'{path}' becomes '{stored}' on the server, where '{said}' was specified.";

    /// <summary>A new object.</summary>
    /// <exception cref="MailServerException"><c>RejectedByClient</c>, or <c>FieldMissing</c>.</exception>
    public JsonObject WriteNew(TypeSchema type, IDictionary values) => WriteWhole(type.Shape, values, "", type.Name);

    /// <summary>An object, or a part of one, of which nothing is kept.</summary>
    public JsonObject WriteWhole(ObjectShape shape, IDictionary values, string path, string typeName)
    {
        string? variant = FindVariant(shape, values, path);
        if (shape.HasVariants && variant is null)
        {
            throw Refuse(Join(path, ObjectShape.VariantMember), $"{Describe(path, typeName)} needs {ObjectShape.VariantMember}: one of {string.Join(", ", shape.Variants)}.", MailErrorCode.FieldMissing);
        }
        var written = new JsonObject();
        if (variant is not null)
        {
            written[ObjectShape.VariantMember] = variant;
        }
        foreach ((PropertySchema property, object? value) in Resolve(shape, variant, values, path, typeName))
        {
            ThrowIfReadOnly(property, path, typeName);
            written[property.Name] = Write(property.Type, value, Join(path, property.Name));
        }
        foreach (PropertySchema property in shape.GetForm(variant).Values.Where(property => property.IsRequired && !written.ContainsKey(property.Name)))
        {
            string part = property.NeededPart is null ? "" : $", of which '{Join(Join(path, property.Name), property.NeededPart)}' has to be said";
            throw Refuse(Join(path, property.Name), $"{Describe(path, typeName)} needs {property.Name} ({property.Type.Describe()}){part}.", MailErrorCode.FieldMissing);
        }
        return written;
    }

    /// <summary>The properties that are said, each by its own name, with what is to be written.</summary>
    public IEnumerable<(PropertySchema Property, object? Value)> Resolve(ObjectShape shape, string? variant, IDictionary values, string path, string typeName)
    {
        IReadOnlyDictionary<string, PropertySchema> form = shape.GetForm(variant);
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry entry in Enumerate(values))
        {
            string name = entry.Key as string ?? Convert.ToString(entry.Key, CultureInfo.InvariantCulture) ?? "";
            if (name == ObjectShape.VariantMember)
            {
                continue;
            }
            if (!form.TryGetValue(name, out PropertySchema? property))
            {
                string other = shape.Forms.FirstOrDefault(candidate => candidate.Value.ContainsKey(name)).Key is { Length: > 0 } kind ? $" It is one of the variant {kind}."
                    : NearestName.Find(name, form.Keys) is { } meant ? $" Is {meant} meant?" : "";
                throw Refuse(Join(path, name), $"{Describe(path, typeName)}{(variant is null ? "" : $" ({variant})")} has no property '{name}'.{other}");
            }
            if (!seen.Add(name))
            {
                throw Refuse(Join(path, name), $"'{Join(path, name)}' stands twice, in upper or lower case.");
            }
            if (path.Length == 0 && typeName == AccountType && property.Name == CredentialsMember)
            {
                throw Refuse(CredentialsMember, "The credentials of an account are not written as a whole: app passwords and keys would be lost. Use Set-MailPrincipal -Password, New-MailAppPassword and Remove-MailAppPassword.");
            }
            yield return (property, TextRule.Find(shape, property) is { } rule ? Tidy(rule, entry.Value, Join(path, property.Name)) : entry.Value);
        }
    }

    /// <summary>Refuses what only the server sets.</summary>
    public static void ThrowIfReadOnly(PropertySchema property, string path, string typeName)
    {
        if (property.IsReadOnly)
        {
            throw Refuse(Join(path, property.Name), $"Only the server sets '{Join(path, property.Name)}' of {typeName}.");
        }
    }

    /// <summary>The variant that is said, as the server writes it; null where none is.</summary>
    public static string? FindVariant(ObjectShape shape, IDictionary values, string path)
    {
        object? said = values.Contains(ObjectShape.VariantMember) ? values[ObjectShape.VariantMember] : null;
        if (said is null)
        {
            return null;
        }
        string text = said as string ?? "";
        return shape.Variants.FirstOrDefault(variant => variant.Equals(text, StringComparison.OrdinalIgnoreCase))
            ?? throw Refuse(Join(path, ObjectShape.VariantMember), shape.HasVariants
                ? $"'{text}' is no {ObjectShape.VariantMember} of {shape.Name}: it is one of {string.Join(", ", shape.Variants)}."
                : $"{shape.Name} has no {ObjectShape.VariantMember}.");
    }

    /// <summary>A value of a property, as the server takes it as a whole.</summary>
    public JsonNode? Write(ObjectValueType type, object? value, string path)
    {
        if (value is null)
        {
            return type switch
            {
                { Kind: ValueKind.Set or ValueKind.List or ValueKind.Map } => CheckCount(type, [], path),
                { IsNullable: true } => null,
                _ => throw Refuse(path, $"'{path}' always has a value: it cannot be removed."),
            };
        }
        if (value is HiddenSecret || (value is string text && text == Mask))
        {
            throw Refuse(path, $"The value of '{path}' is hidden: the server does not show it, and would take what stands for it as the secret itself. Leave it out to keep it, or specify a new one.");
        }
        return type.Kind switch
        {
            ValueKind.Object => ToTable(schema.GetShape(type), value) is { } table
                ? WriteWhole(schema.GetShape(type), table, path, type.Of)
                : throw RefuseKind(type, value, path, $"a hashtable with the properties of {type.Of}: (Get-MailObjectType {type.Of}).Property lists them"),
            ValueKind.List => CheckCount(type, WriteList(schema.GetShape(type), value, path), path),
            ValueKind.Set => CheckCount(type, WriteSet(type.Item!, value, path), path),
            ValueKind.Map => WriteMap(type, value, path),
            _ => WritePlain(type, value, path),
        };
    }

    /// <summary>The members that are meant where an object is expected: a text is an expression without conditions, or a variant by its name.</summary>
    public static IDictionary? ToTable(ObjectShape shape, object value) => value switch
    {
        IDictionary table => table,
        string text when shape.IsExpression => new Dictionary<string, object?> { ["match"] = null, ["else"] = text },
        bool flag when shape.IsExpression => new Dictionary<string, object?> { ["match"] = null, ["else"] = flag ? "true" : "false" },
        int or long when shape.IsExpression => new Dictionary<string, object?> { ["match"] = null, ["else"] = Convert.ToString(value, CultureInfo.InvariantCulture) },
        string text when shape.HasVariants => new Dictionary<string, object?> { [ObjectShape.VariantMember] = text },
        _ => null,
    };

    /// <summary>A key of a map or an item of a set.</summary>
    public string WriteName(ObjectValueType type, object? value, string path) => WritePlain(type, value ?? "", path).TryGetValue(out string? text)
        ? text
        : throw RefuseKind(type, value, path, "a text");

    /// <summary>The path of something inside.</summary>
    public static string Join(string path, string name) => path.Length == 0 ? name : $"{path}/{name}";

    public static MailServerException Refuse(string path, string message, MailErrorCode code = MailErrorCode.RejectedByClient) =>
        new(code, Operations.CallJmap, $"Nothing was sent: {message}") { Field = path };

    // As the server would store it: then a comparison says what is different.
    private object? Tidy(TextRule rule, object? value, string path)
    {
        if (value is null || ToText(value) is not { Length: > 0 } text)
        {
            return value;
        }
        string tidied = rule.Tidy(text) ?? throw Refuse(path, $"the server does not take '{text}' as '{path}': it has to be {rule.Expected}.");
        if (!tidied.Equals(text, StringComparison.OrdinalIgnoreCase))
        {
            _notices.Add(DescribeOther(path, text, tidied));
        }
        return tidied;
    }

    private static string Describe(string path, string typeName) => path.Length == 0 ? typeName : $"'{path}' ({typeName})";

    // By its keys: a generic dictionary enumerates pairs of its own type.
    private static IEnumerable<DictionaryEntry> Enumerate(IDictionary table) => table.Keys.Cast<object>().Select(key => new DictionaryEntry(key, table[key]));

    private JsonObject WriteList(ObjectShape shape, object value, string path)
    {
        object?[] items = value is IDictionary or string ? [value] : value is IEnumerable several ? [.. several.Cast<object?>()] : [value];
        var written = new JsonObject();
        foreach ((int place, object? item) in items.Index())
        {
            string at = place.ToString(CultureInfo.InvariantCulture);
            written[at] = item is not null && ToTable(shape, item) is { } table
                ? WriteWhole(shape, table, Join(path, at), shape.Name)
                : throw Refuse(Join(path, at), $"'{Join(path, at)}' must be a hashtable with the properties of {shape.Name}.");
        }
        return written;
    }

    private JsonObject WriteSet(ObjectValueType item, object value, string path)
    {
        IEnumerable<object?> items = value switch
        {
            IDictionary table => Enumerate(table).Where(entry => entry.Value is true).Select(entry => (object?)entry.Key),
            string text => [text],
            IEnumerable several => several.Cast<object?>(),
            _ => [value],
        };
        var written = new JsonObject();
        foreach (object? one in items)
        {
            written[WriteName(item, one, path)] = true;
        }
        return written;
    }

    private JsonObject WriteMap(ObjectValueType type, object value, string path)
    {
        if (value is not IDictionary table)
        {
            throw RefuseKind(type, value, path, "a hashtable");
        }
        var written = new JsonObject();
        foreach (DictionaryEntry entry in Enumerate(table))
        {
            string key = WriteName(type.Key!, entry.Key, path);
            written[key] = Write(type.Item!, entry.Value, Join(path, key));
        }
        return written;
    }

    private static JsonObject CheckCount(ObjectValueType type, JsonObject items, string path) => items.Count >= (type.MinItems ?? 0)
        ? items
        : throw Refuse(path, $"'{path}' must have {(type.MinItems == 1 ? "an item" : $"{type.MinItems} items")} at least.");

    private JsonValue WritePlain(ObjectValueType type, object value, string path) => type.Kind switch
    {
        ValueKind.Boolean => WriteBoolean(type, value, path),
        ValueKind.Integer or ValueKind.UnsignedInteger or ValueKind.Size => WriteWholeNumber(type, value, path),
        ValueKind.Float => WriteNumber(type, value, path),
        ValueKind.Duration => WriteDuration(type, value, path),
        ValueKind.Time => WriteTime(type, value, path),
        ValueKind.Word => WriteWord(type, value, path),
        ValueKind.Secret => WriteSecret(type, value, path),
        ValueKind.Id => WriteId(type, value, path),
        ValueKind.Text => WriteText(type, value, path),
        _ => throw Refuse(path, $"'{path}' holds values of a kind that this version of MailAdmin does not know ('{type.Format}'), and does not write."),
    };

    private static JsonValue WriteBoolean(ObjectValueType type, object value, string path) => value switch
    {
        bool flag => JsonValue.Create(flag),
        string text when bool.TryParse(text, out bool flag) => JsonValue.Create(flag),
        _ => throw RefuseKind(type, value, path, "$true or $false"),
    };

    private static JsonValue WriteWholeNumber(ObjectValueType type, object value, string path)
    {
        decimal? number = ToNumber(value);
        if (number is null && type.Kind == ValueKind.Size && value is string text && ByteSize.TryParse(text, out long bytes))
        {
            number = bytes;
        }
        decimal whole = number is { } found && found == decimal.Truncate(found) && (found >= 0 || type.Kind == ValueKind.Integer) && found is >= long.MinValue and <= ulong.MaxValue
            ? found
            : throw RefuseKind(type, value, path, type.Kind == ValueKind.Integer ? "a whole number" : type.Kind == ValueKind.Size ? "a number of bytes, such as 10MB" : "a whole number that is not negative");
        CheckRange(type, (double)whole, path);
        return whole <= long.MaxValue ? JsonValue.Create((long)whole) : JsonValue.Create((ulong)whole);
    }

    private static JsonValue WriteNumber(ObjectValueType type, object value, string path)
    {
        double number = ToNumber(value) is { } found ? (double)found : throw RefuseKind(type, value, path, "a number");
        CheckRange(type, number, path);
        return JsonValue.Create(number);
    }

    private static JsonValue WriteDuration(ObjectValueType type, object value, string path)
    {
        TimeSpan duration = value switch
        {
            TimeSpan span => span,
            string text when WireDuration.TryParse(text, out TimeSpan span) => span,
            // Elsewhere a number is seconds, and at the server milliseconds.
            _ => throw RefuseKind(type, value, path, "a time span, or a text such as '30s', '5m', '1.5h', '7d' or '00:05:00'"),
        };
        double milliseconds = duration.TotalMilliseconds;
        if (milliseconds < 0 || milliseconds != Math.Truncate(milliseconds))
        {
            throw Refuse(path, $"'{path}' must be a duration of whole milliseconds that is not negative.");
        }
        CheckRange(type, milliseconds, path);
        return JsonValue.Create((long)milliseconds);
    }

    private static JsonValue WriteTime(ObjectValueType type, object value, string path) => JsonValue.Create(value switch
    {
        DateTimeOffset time => WireTime.Floor(time)!,
        DateTime time => WireTime.Floor(new DateTimeOffset(time.ToUniversalTime()))!,
        string text when DateTimeOffset.TryParseExact(
            text.Trim(), ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd HH:mm:ss zzz"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out DateTimeOffset time) => WireTime.Floor(time)!,
        _ => throw RefuseKind(type, value, path, "a time: Get-Date gives one, or a text such as '2026-12-31T18:00:00Z'"),
    });

    private static JsonValue WriteWord(ObjectValueType type, object value, string path)
    {
        string text = ToText(value)?.Trim() ?? throw RefuseKind(type, value, path, "a word");
        if (type.Words.FirstOrDefault(word => word.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } known)
        {
            return JsonValue.Create(known);
        }
        string words = NearestName.Find(text, type.Words) is { } meant ? $"Is {meant} meant?"
            : $"It is one of {string.Join(", ", type.Words.Take(MaxListedWords))}{(type.Words.Count > MaxListedWords ? ", …" : "")}.";
        throw Refuse(path, $"'{text}' is no value of '{path}'. {words}");
    }

    private JsonValue WriteSecret(ObjectValueType type, object value, string path)
    {
        string secret = value switch
        {
            SecureString secure => new NetworkCredential("", secure).Password,
            string text => text,
            _ => throw RefuseKind(type, value, path, "a SecureString or a text"),
        };
        if (secret.Length == 0 || secret == Mask)
        {
            throw Refuse(path, $"'{path}' is {(secret.Length == 0 ? "empty" : "what stands for a hidden secret")}, and no secret.");
        }
        _secrets.Add(secret);
        return JsonValue.Create(secret);
    }

    private JsonValue WriteId(ObjectValueType type, object value, string path)
    {
        string id = value is MailObject item ? item.Id : ToText(value)?.Trim() ?? "";
        string named = type.Of.Split('/')[0];
        if (!JmapId.IsValid(id))
        {
            throw Refuse(path, $"'{id}' is no id: '{path}' names {type.Of} by its id. Get-MailObject {named} lists the ids.");
        }
        if (named == RoleType)
        {
            _roleIds.Add(id);
        }
        return JsonValue.Create(id);
    }

    private static JsonValue WriteText(ObjectValueType type, object value, string path)
    {
        string text = ToText(value) ?? throw RefuseKind(type, value, path, "a text");
        if (text.Length == 0)
        {
            throw Refuse(path, $"'{path}' is empty, which the server takes nowhere.{(type.IsNullable ? " To remove the value, specify $null." : "")}");
        }
        if (text.Length > type.MaxLength)
        {
            throw Refuse(path, $"'{path}' has {text.Length} letters; the server takes {type.MaxLength}.");
        }
        if ((type.Format is "ipAddress" && IpText.FindAddress(text) is null) || (type.Format is "ipNetwork" && !IpText.IsNetwork(text)))
        {
            throw Refuse(path, $"'{text}' is no {(type.Format is "ipAddress" ? "IP address" : "IP address or network, such as 192.0.2.0/24")}: '{path}'.");
        }
        if (type.Format is "socketAddress" && !IpText.IsSocket(text))
        {
            throw Refuse(path, $"'{text}' is no IP address with a port, such as 192.0.2.1:25 or [::]:25: '{path}'.");
        }
        return JsonValue.Create(text);
    }

    private static void CheckRange(ObjectValueType type, double number, string path)
    {
        if (number < type.Minimum || number > type.Maximum)
        {
            string unit = type.Kind switch { ValueKind.Duration => " milliseconds", ValueKind.Size => " bytes", _ => "" };
            string range = (type.Minimum, type.Maximum) switch
            {
                ({ } min, { } max) => $"from {Invariant(min)} to {Invariant(max)}",
                ({ } min, null) => $"{Invariant(min)} or more",
                (_, var max) => $"{Invariant(max!.Value)} or less",
            };
            throw Refuse(path, $"'{path}' is {Invariant(number)}{unit}; it must be {range}{unit}.");
        }
    }

    private static string Invariant(double number) => number.ToString(CultureInfo.InvariantCulture);

    private static decimal? ToNumber(object value) => value switch
    {
        sbyte or byte or short or ushort or int or uint or long or ulong or decimal => Convert.ToDecimal(value, CultureInfo.InvariantCulture),
        float or double when Convert.ToDouble(value, CultureInfo.InvariantCulture) is var number && Math.Abs(number) < 1e28 => (decimal)number,
        string text when decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number) => number,
        _ => null,
    };

    private static string? ToText(object value) => value switch
    {
        string text => text,
        bool flag => flag ? "true" : "false",
        IPAddress address => WireAddress.Format(address),
        Uri uri => uri.OriginalString,
        Guid or char or Enum => value.ToString(),
        IFormattable number when value.GetType().IsPrimitive || value is decimal => number.ToString(null, CultureInfo.InvariantCulture),
        _ => null,
    };

    private static MailServerException RefuseKind(ObjectValueType type, object? value, string path, string expected)
    {
        // What could be a secret is not quoted.
        string given = type.Kind != ValueKind.Secret && value is not null && ToText(value) is { Length: <= 60 } text ? $"'{text}'" : $"a value of the type {value?.GetType().Name ?? "null"}";
        return Refuse(path, $"'{path}' ({type.Describe()}) cannot be {given}: specify {expected}.");
    }
}
