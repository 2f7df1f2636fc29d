using System.Globalization;
using System.Text;
using MailAdmin.Client.Api.Credentials;

namespace MailAdmin.Client;

/// <summary>An app password as the server reports it, never the password itself. Before server 0.16 it is a name alone: the server's web console stores base64 of <c>label$timestamp</c>, and so does this client; other programs store any text.</summary>
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
    /// <summary>Its id, by which it is removed; null before server 0.16. The server gives the id of one that was removed to the next.</summary>
    public string? Id { get; private init; }
    /// <summary>When it ends; null = never, and before server 0.16.</summary>
    public DateTimeOffset? Expires { get; private init; }
    /// <summary>The IP addresses and networks that it may be used from; empty = all; null before server 0.16.</summary>
    public StringList? AllowedIp { get; private init; }

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

    /// <summary>One of a server from 0.16 on, where the name is what a person called it, and need not be the only one.</summary>
    internal static MailAppPasswordName FromCredential(JmapCredential credential) => new(credential.Description, credential.Description, credential.CreatedAt)
    {
        Id = credential.Id,
        Expires = credential.ExpiresAt,
        AllowedIp = new StringList(credential.AllowedIps),
    };

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
