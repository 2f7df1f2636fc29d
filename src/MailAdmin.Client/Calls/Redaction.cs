using System.Diagnostics.CodeAnalysis;

namespace MailAdmin.Client.Calls;

/// <summary>Takes the secrets of a request out of what the server quotes of it.</summary>
internal static class Redaction
{
    private const string Mark = "***";

    [return: NotNullIfNotNull(nameof(text))]
    public static string? Of(string? text, Call call)
    {
        if (text is null)
        {
            return null;
        }
        foreach (string secret in call.Secrets)
        {
            if (secret.Length > 0)
            {
                text = text.Replace(secret, Mark, StringComparison.Ordinal);
            }
        }
        return text;
    }
}
