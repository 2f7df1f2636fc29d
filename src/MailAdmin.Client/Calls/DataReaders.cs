using System.Text.Json;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Calls;

/// <summary>Readers of the plain values that several operations answer with.</summary>
internal static class DataReaders
{
    /// <summary>True or false.</summary>
    public static bool ReadBoolean(ref Utf8JsonReader reader) => reader.GetBoolean();

    /// <summary>A whole number.</summary>
    public static long ReadNumber(ref Utf8JsonReader reader) => reader.GetInt64();

    /// <summary>The server's word for "done", and nothing else: with it a write succeeds.</summary>
    public static bool ReadNull(ref Utf8JsonReader reader)
    {
        reader.Expect(JsonTokenType.Null);
        return true;
    }

    /// <summary>A value that does not matter.</summary>
    public static bool ReadNothing(ref Utf8JsonReader reader)
    {
        reader.Skip();
        return true;
    }
}
