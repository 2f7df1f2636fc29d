using System.Globalization;
using System.Text;

namespace MailAdmin.Client;

/// <summary>An app password as the server reports it: its name alone, never the password. The server's web console stores base64 of <c>label$timestamp</c>, and so does this client; other programs store any text.</summary>
public sealed class MailAppPasswordName : ServerObject
{
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private MailAppPasswordName(string rawName, string name, DateTimeOffset? createdAt) => (RawName, Name, Created) = (rawName, name, createdAt);

    /// <summary>What a person called it; the stored name itself where it is in no form that is known.</summary>
    public string Name { get; }
    /// <summary>When it was created, where the name says so.</summary>
    public DateTimeOffset? Created { get; }
    /// <summary>The name as the server stores it.</summary>
    public string RawName { get; }

    /// <summary>The name to store for a new app password.</summary>
    /// <exception cref="ArgumentException">It is empty or holds <c>$</c>, which ends a name on the server.</exception>
    public static MailAppPasswordName Create(string name, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Contains('$', StringComparison.Ordinal) || name.Any(char.IsControl))
        {
            throw new ArgumentException("The name of an app password must not be empty and holds neither $ nor control characters.", nameof(name));
        }
        DateTimeOffset at = now.ToUniversalTime();
        string stamped = $"{name.Trim()}${at.ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture)}";
        return new MailAppPasswordName(Convert.ToBase64String(Encoding.UTF8.GetBytes(stamped)), name.Trim(), at);
    }

    /// <summary>Reads a stored name.</summary>
    public static MailAppPasswordName Parse(string rawName)
    {
        ArgumentNullException.ThrowIfNull(rawName);
        if (Decode(rawName) is { } text && text.LastIndexOf('$') is > 0 and int at
            && DateTimeOffset.TryParse(text[(at + 1)..], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset created))
        {
            return new MailAppPasswordName(rawName, text[..at], created);
        }
        return new MailAppPasswordName(rawName, rawName, null);
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static string? Decode(string rawName)
    {
        byte[] bytes = new byte[rawName.Length];
        if (!Convert.TryFromBase64String(rawName, bytes, out int length))
        {
            return null;
        }
        try
        {
            return s_strict.GetString(bytes, 0, length);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
