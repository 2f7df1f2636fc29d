using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace MailAdmin.Client.Calls;

/// <summary>Removes the secrets of a request, and private keys whoever sent them, from what the server quotes.</summary>
internal static partial class Redaction
{
    private const string Mask = "***";
    private const int MinLineLength = 12;

    [return: NotNullIfNotNull(nameof(text))]
    public static string? Redact(string? text, ApiRequestContext context)
    {
        if (text is null)
        {
            return null;
        }
        // A part of a secret must not go first: the rest would stay.
        foreach (string secret in context.Secrets.SelectMany(GetForms).Where(form => form.Length > 0).OrderByDescending(form => form.Length))
        {
            text = text.Replace(secret, Mask, StringComparison.Ordinal);
        }
        return PrivateKey().Replace(text, Mask);
    }

    // A server quotes a value as it came, as it stands in JSON or in an address, or the one line of it that it does not like.
    private static IEnumerable<string> GetForms(string secret)
    {
        yield return secret;
        yield return secret.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        yield return Uri.EscapeDataString(secret);
        foreach (string line in secret.Split('\n').Select(line => line.Trim()).Where(line => line.Length >= MinLineLength))
        {
            yield return line;
        }
    }

    // Also one whose end was cut off.
    [GeneratedRegex("-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----.*?(-----END [A-Z0-9 ]*PRIVATE KEY-----|$)", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex PrivateKey();
}
