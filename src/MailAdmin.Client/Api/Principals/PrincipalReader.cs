using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Principals;

/// <summary>Reads a principal from the wire (docs/api.md §6.1): list fields come as one text, as an array or not at all, members as names or as a number, quotas as one number or several. Unknown members, and those of another form, are kept.</summary>
internal static class PrincipalReader
{
    /// <summary>Reads the whole principal that the reader stands on, and leaves the reader at its end.</summary>
    public static MailPrincipal Read(ref Utf8JsonReader reader) => Read(ref reader, fields: []);

    /// <summary>Reads a principal of which only some fields were asked for.</summary>
    public static MailPrincipal Read(ref Utf8JsonReader reader, IReadOnlyList<string> fields)
    {
        reader.Expect(JsonTokenType.StartObject);
        var builder = new PrincipalBuilder(fields);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            ReadMember(name, ref reader, builder);
        }
        return builder.Build();
    }

    private static void ReadMember(string name, ref Utf8JsonReader reader, PrincipalBuilder builder)
    {
        if (name == PrincipalField.Secrets)
        {
            ReadSecrets(ref reader, builder);
        }
        else if (!TryReadKnown(name, ref reader, builder))
        {
            builder.AddUnknown(name, JsonElement.ParseValue(ref reader));
        }
    }

    // False leaves the reader where it stands: the value has another form than the field's.
    private static bool TryReadKnown(string name, ref Utf8JsonReader reader, PrincipalBuilder builder) => name switch
    {
        "id" => reader.TokenType == JsonTokenType.Number && reader.TryGetUInt32(out uint id) && builder.SetId(id),
        PrincipalField.Quota => TryReadQuota(ref reader, builder),
        PrincipalField.UsedQuota => TryReadNumber(ref reader, out long used) && builder.SetUsedQuota(used),
        PrincipalField.Members => TryReadMembers(ref reader, builder),
        _ => reader.TokenType switch
        {
            JsonTokenType.String => TrySetText(name, reader.GetString()!, builder),
            JsonTokenType.StartArray => TryReadList(ref reader, out StringList? list) && builder.TrySetList(name, list),
            JsonTokenType.Null => PrincipalBuilder.IsKnownField(name),
            _ => false,
        },
    };

    private static bool TrySetText(string name, string text, PrincipalBuilder builder) =>
        builder.TrySetText(name, text) || builder.TrySetList(name, new StringList([text]));

    private static bool TryReadMembers(ref Utf8JsonReader reader, PrincipalBuilder builder) => reader.TokenType switch
    {
        JsonTokenType.Number => TryReadNumber(ref reader, out long count) && builder.SetMemberCount(count),
        JsonTokenType.String => builder.SetMembers(new StringList([reader.GetString()!])),
        JsonTokenType.StartArray => TryReadList(ref reader, out StringList? names) && builder.SetMembers(names),
        JsonTokenType.Null => true,
        _ => false,
    };

    private static bool TryReadQuota(ref Utf8JsonReader reader, PrincipalBuilder builder)
    {
        if (reader.TokenType == JsonTokenType.Number)
        {
            return TryReadNumber(ref reader, out long bytes) && builder.TrySetQuota([bytes]);
        }
        if (reader.TokenType == JsonTokenType.Null)
        {
            return true;
        }
        return reader.TokenType == JsonTokenType.StartArray && TryReadNumbers(ref reader, out List<long>? numbers) && builder.TrySetQuota(numbers);
    }

    private static void ReadSecrets(ref Utf8JsonReader reader, PrincipalBuilder builder)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            builder.AddSecret(reader.GetString()!);
        }
        else if (reader.TokenType == JsonTokenType.StartArray && TryReadList(ref reader, out StringList? secrets))
        {
            foreach (string secret in secrets)
            {
                builder.AddSecret(secret);
            }
        }
        else
        {
            // Whatever this is, it may be a secret: it is not kept.
            reader.TrySkip();
        }
    }

    private static bool TryReadNumber(ref Utf8JsonReader reader, out long number)
    {
        number = 0;
        return reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out number);
    }

    private static bool TryReadList(ref Utf8JsonReader reader, [NotNullWhen(true)] out StringList? list)
    {
        list = null;
        var items = new List<string>();
        Utf8JsonReader ahead = reader;
        while (ahead.Read() && ahead.TokenType == JsonTokenType.String)
        {
            items.Add(ahead.GetString()!);
        }
        if (ahead.TokenType != JsonTokenType.EndArray)
        {
            return false;
        }
        reader = ahead;
        list = items.Count == 0 ? StringList.Empty : new StringList(items);
        return true;
    }

    private static bool TryReadNumbers(ref Utf8JsonReader reader, [NotNullWhen(true)] out List<long>? numbers)
    {
        numbers = null;
        var items = new List<long>();
        Utf8JsonReader ahead = reader;
        while (ahead.Read() && ahead.TokenType == JsonTokenType.Number && ahead.TryGetInt64(out long item))
        {
            items.Add(item);
        }
        if (ahead.TokenType != JsonTokenType.EndArray)
        {
            return false;
        }
        reader = ahead;
        numbers = items;
        return true;
    }
}
