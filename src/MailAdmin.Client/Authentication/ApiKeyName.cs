using System.Text;

namespace MailAdmin.Client.Authentication;

/// <summary>The name within an API key: <c>api_</c> and base64 of <c>name:secret</c>.</summary>
internal static class ApiKeyName
{
    public const string Prefix = "api_";

    public const string NewerPrefix = "API_";

    /// <summary>Whether only a server from 0.16 on made it.</summary>
    public static bool IsOfNewerServer(string key) => key.StartsWith(NewerPrefix, StringComparison.Ordinal);

    /// <summary>Whether only a server before 0.16 made it.</summary>
    public static bool IsOfOlderServer(string key) => key.StartsWith(Prefix, StringComparison.Ordinal);

    public static string? Parse(string key)
    {
        Span<byte> bytes = stackalloc byte[1024];
        if (!key.StartsWith(Prefix, StringComparison.Ordinal) || !Convert.TryFromBase64String(key[Prefix.Length..], bytes, out int length))
        {
            return null;
        }
        int colon = bytes[..length].IndexOf((byte)':');
        return colon > 0 ? Encoding.UTF8.GetString(bytes[..colon]) : null;
    }
}
