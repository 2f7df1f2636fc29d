// Principals by hand: list fields come as one string, as an array or not at all, members as names or as a number, quotas as one or many.
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace MailAdmin.Client.Api.Principals;

/// <summary>Reads a principal from the wire (contract §6.1). What it does not know, or finds in another form, it keeps.</summary>
internal static class PrincipalReader
{
    /// <summary>Reads the object the reader stands on, and leaves the reader at its end.</summary>
    public static MailPrincipal Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("A principal is an object.");
        }
        var draft = new PrincipalDraft();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            ReadMember(name, ref reader, draft);
        }
        return draft.Finish();
    }

    private static void ReadMember(string name, ref Utf8JsonReader reader, PrincipalDraft draft)
    {
        if (name == PrincipalField.Secrets)
        {
            ReadSecrets(ref reader, draft);
        }
        else if (!ReadKnown(name, ref reader, draft))
        {
            draft.Keep(name, JsonElement.ParseValue(ref reader));
        }
    }

    // False leaves the reader where it stands: the value has another form than the field's.
    private static bool ReadKnown(string name, ref Utf8JsonReader reader, PrincipalDraft draft) => name switch
    {
        "id" => reader.TokenType == JsonTokenType.Number && reader.TryGetUInt32(out uint id) && draft.TakeId(id),
        PrincipalField.Quota => ReadQuota(ref reader, draft),
        PrincipalField.UsedQuota => TryNumber(ref reader, out long used) && draft.TakeUsedQuota(used),
        PrincipalField.Members => ReadMembers(ref reader, draft),
        _ => reader.TokenType switch
        {
            JsonTokenType.String => TakeText(name, reader.GetString()!, draft),
            JsonTokenType.StartArray => TryList(ref reader, out StringList? list) && draft.TakeList(name, list),
            JsonTokenType.Null => PrincipalDraft.Knows(name),
            _ => false,
        },
    };

    private static bool TakeText(string name, string text, PrincipalDraft draft) =>
        draft.TakeText(name, text) || draft.TakeList(name, new StringList([text]));

    private static bool ReadMembers(ref Utf8JsonReader reader, PrincipalDraft draft) => reader.TokenType switch
    {
        JsonTokenType.Number => TryNumber(ref reader, out long count) && draft.TakeMemberCount(count),
        JsonTokenType.String => draft.TakeMembers(new StringList([reader.GetString()!])),
        JsonTokenType.StartArray => TryList(ref reader, out StringList? names) && draft.TakeMembers(names),
        JsonTokenType.Null => true,
        _ => false,
    };

    private static bool ReadQuota(ref Utf8JsonReader reader, PrincipalDraft draft)
    {
        if (reader.TokenType == JsonTokenType.Number)
        {
            return TryNumber(ref reader, out long bytes) && draft.TakeQuota([bytes]);
        }
        if (reader.TokenType == JsonTokenType.Null)
        {
            return true;
        }
        return reader.TokenType == JsonTokenType.StartArray && TryNumbers(ref reader, out List<long>? numbers) && draft.TakeQuota(numbers);
    }

    private static void ReadSecrets(ref Utf8JsonReader reader, PrincipalDraft draft)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            draft.TakeSecret(reader.GetString()!);
        }
        else if (reader.TokenType == JsonTokenType.StartArray && TryList(ref reader, out StringList? secrets))
        {
            foreach (string secret in secrets)
            {
                draft.TakeSecret(secret);
            }
        }
        else
        {
            // Whatever this is, it may be a secret: it is not kept.
            reader.TrySkip();
        }
    }

    private static bool TryNumber(ref Utf8JsonReader reader, out long number)
    {
        number = 0;
        return reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out number);
    }

    private static bool TryList(ref Utf8JsonReader reader, [NotNullWhen(true)] out StringList? list)
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

    private static bool TryNumbers(ref Utf8JsonReader reader, [NotNullWhen(true)] out List<long>? numbers)
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
