using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Principals;

/// <summary>Reads a principal from the wire (docs/api.md §6.1): list fields come as one text, as an array or not at all, members as names or as a number, quotas as one number or several. Unknown members, and those of another form, are kept.</summary>
internal static class PrincipalReader
{
    // By their length.
    private static readonly (byte[] Utf8, string Text)[][] s_names = ByLength(
    [
        "id", PrincipalField.Type, PrincipalField.Name, PrincipalField.Description, PrincipalField.Quota, PrincipalField.UsedQuota, PrincipalField.Secrets, PrincipalField.Emails,
        PrincipalField.MemberOf, PrincipalField.Lists, PrincipalField.Roles, PrincipalField.Members, PrincipalField.ExternalMembers, PrincipalField.EnabledPermissions,
        PrincipalField.DisabledPermissions, PrincipalField.Urls, PrincipalField.Tenant, PrincipalField.Picture, PrincipalField.Locale,
    ]);

    /// <summary>Reads the whole principal that the reader stands on, and leaves the reader at its end.</summary>
    public static MailPrincipal Read(ref Utf8JsonReader reader) => TryRead(ref reader, fields: []) ?? throw new JsonException("The principal has no end.");

    /// <summary>Reads a principal; null where its end has not arrived, and then the reader stands somewhere in it.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="fields">The fields that were asked for; none = all.</param>
    public static MailPrincipal? TryRead(ref Utf8JsonReader reader, IReadOnlyList<string> fields)
    {
        reader.Expect(JsonTokenType.StartObject);
        var builder = new PrincipalBuilder(fields);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
            {
                return builder.Build();
            }
            string name = GetName(ref reader);
            if (!reader.Read() || !IsComplete(in reader))
            {
                return null;
            }
            ReadMember(name, ref reader, builder);
        }
        return null;
    }

    // A value that is no array and no object is complete when it is read.
    private static bool IsComplete(in Utf8JsonReader reader)
    {
        if (reader.TokenType is not (JsonTokenType.StartArray or JsonTokenType.StartObject))
        {
            return true;
        }
        Utf8JsonReader ahead = reader;
        return ahead.TrySkip();
    }

    private static (byte[] Utf8, string Text)[][] ByLength(string[] names) =>
        [.. Enumerable.Range(0, names.Max(name => name.Length) + 1).Select(length => names.Where(name => name.Length == length).Select(name => (Encoding.UTF8.GetBytes(name), name)).ToArray())];

    // A text that is there already, where the name is known.
    private static string GetName(ref Utf8JsonReader reader)
    {
        ReadOnlySpan<byte> written = reader.ValueSpan;
        if (written.Length < s_names.Length)
        {
            foreach ((byte[] utf8, string text) in s_names[written.Length])
            {
                if (written.SequenceEqual(utf8))
                {
                    return text;
                }
            }
        }
        return reader.GetString()!;
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
        builder.TrySetText(name, text) || builder.TrySetList(name, StringList.Adopt([text]));

    private static bool TryReadMembers(ref Utf8JsonReader reader, PrincipalBuilder builder) => reader.TokenType switch
    {
        JsonTokenType.Number => TryReadNumber(ref reader, out long count) && builder.SetMemberCount(count),
        JsonTokenType.String => builder.SetMembers(StringList.Adopt([reader.GetString()!])),
        JsonTokenType.StartArray => TryReadList(ref reader, out StringList? names) && builder.SetMembers(names),
        JsonTokenType.Null => true,
        _ => false,
    };

    private static bool TryReadQuota(ref Utf8JsonReader reader, PrincipalBuilder builder)
    {
        if (reader.TokenType == JsonTokenType.Number)
        {
            return TryReadNumber(ref reader, out long bytes) && builder.SetQuota(bytes);
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
        else if (reader.TokenType == JsonTokenType.StartArray && CountTexts(reader) >= 0)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.String)
            {
                builder.AddSecret(reader.GetString()!);
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
        int count = CountTexts(reader);
        if (count < 0)
        {
            return false;
        }
        string[] items = count == 0 ? [] : new string[count];
        for (int index = 0; reader.Read() && reader.TokenType == JsonTokenType.String; index++)
        {
            items[index] = reader.GetString()!;
        }
        list = count == 0 ? StringList.Empty : StringList.Adopt(items);
        return true;
    }

    // How many texts are in the array that the reader stands on; -1 where it has anything else.
    private static int CountTexts(Utf8JsonReader ahead)
    {
        int count = 0;
        while (ahead.Read() && ahead.TokenType == JsonTokenType.String)
        {
            count++;
        }
        return ahead.TokenType == JsonTokenType.EndArray ? count : -1;
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
