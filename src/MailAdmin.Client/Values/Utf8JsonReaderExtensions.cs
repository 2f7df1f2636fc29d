using System.Text.Json;

namespace MailAdmin.Client.Values;

/// <summary>Checks while reading JSON piece by piece.</summary>
internal static class Utf8JsonReaderExtensions
{
    /// <summary>Throws unless the reader stands on a token of <paramref name="type"/>.</summary>
    /// <exception cref="JsonException">The answer has another form than this client knows.</exception>
    public static void Expect(this ref Utf8JsonReader reader, JsonTokenType type)
    {
        if (reader.TokenType != type)
        {
            throw new JsonException($"The answer has {reader.TokenType} where {type} belongs.");
        }
    }
}
