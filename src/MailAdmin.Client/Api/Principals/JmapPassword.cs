using System.Globalization;
using System.Text.Json;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Principals;

/// <summary>The password among the credentials of an account.</summary>
internal static class JmapPassword
{
    private const string Type = "Password";

    /// <summary>Gives the account this password. A credential is named by its place in the list: that of the password, or the next one where there is none.</summary>
    public static void Set(JmapPatch patch, JsonElement account, string secret)
    {
        JsonProperty[] credentials = [.. account.GetProperty("credentials").EnumerateObject()];
        int place = Array.FindIndex(credentials, credential => IsPassword(credential.Value));
        if (place >= 0)
        {
            patch.Set($"credentials/{credentials[place].Name}/secret", secret);
        }
        else
        {
            patch.Set($"credentials/{credentials.Length.ToString(CultureInfo.InvariantCulture)}", writer => WriteCredential(writer, secret));
        }
    }

    /// <summary>Whether a credential is a password, and no app password or API key.</summary>
    public static bool IsPassword(JsonElement credential) => credential.GetText(DirectoryType.TypeProperty) == Type;

    /// <summary>The credentials of a new account: its password.</summary>
    public static void Write(Utf8JsonWriter writer, string secret)
    {
        writer.WriteStartObject();
        writer.WritePropertyName("0");
        WriteCredential(writer, secret);
        writer.WriteEndObject();
    }

    private static void WriteCredential(Utf8JsonWriter writer, string secret)
    {
        writer.WriteStartObject();
        writer.WriteString(DirectoryType.TypeProperty, Type);
        writer.WriteString("secret", secret);
        writer.WriteEndObject();
    }
}
