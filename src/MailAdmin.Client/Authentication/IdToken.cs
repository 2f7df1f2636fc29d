using System.Buffers.Text;
using System.Text.Json;
using MailAdmin.Client.Calls;

namespace MailAdmin.Client.Authentication;

/// <summary>
/// Reads who signed in from an id token. It is signed with a key that the server publishes and so proves nothing: the name is only shown,
/// never relied on.
/// </summary>
internal static class IdToken
{
    public static string? ReadUserName(string? token)
    {
        if (token?.Split('.') is not [_, { Length: > 0 } payload, ..])
        {
            return null;
        }
        try
        {
            var reader = new Utf8JsonReader(Base64Url.DecodeFromChars(payload));
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("preferred_username"u8))
                {
                    return reader.Read() && reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                }
            }
        }
        catch (Exception e) when (ResponseReader.IsMalformedJson(e))
        {
            return null;
        }
        return null;
    }
}
