using System.Diagnostics.CodeAnalysis;

namespace MailAdmin.Client.Calls;

/// <summary>Removes the secrets of a request from what the server quotes of it.</summary>
internal static class Redaction
{
    private const string Mask = "***";

    [return: NotNullIfNotNull(nameof(text))]
    public static string? Redact(string? text, ApiRequestContext context)
    {
        if (text is null)
        {
            return null;
        }
        foreach (string secret in context.Secrets)
        {
            if (secret.Length > 0)
            {
                text = text.Replace(secret, Mask, StringComparison.Ordinal);
            }
        }
        return text;
    }
}
