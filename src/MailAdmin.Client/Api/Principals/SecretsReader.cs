using System.Text.Json;

namespace MailAdmin.Client.Api.Principals;

/// <summary>Reads the secrets of a principal, for the one change that must name each of them. They go nowhere else.</summary>
internal static class SecretsReader
{
    public static IReadOnlyList<string> Read(ref Utf8JsonReader reader)
    {
        var secrets = new List<string>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool wanted = reader.ValueTextEquals(PrincipalField.Secrets);
            reader.Read();
            if (wanted)
            {
                Collect(ref reader, secrets);
            }
            else
            {
                reader.Skip();
            }
        }
        return secrets;
    }

    private static void Collect(ref Utf8JsonReader reader, List<string> into)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            into.Add(reader.GetString()!);
        }
        else if (reader.TokenType == JsonTokenType.StartArray)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.String)
            {
                into.Add(reader.GetString()!);
            }
        }
    }
}
