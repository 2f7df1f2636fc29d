using System.Globalization;

namespace MailAdmin.Client;

/// <summary>A DKIM signature to be created (POST /dkim), checked before it is sent, because the server accepts any text. Id and selector are always sent: the server does not say which ones it chose.</summary>
public sealed record NewDkimSignature
{
    private NewDkimSignature(string domain, string id, string selector, DkimAlgorithm algorithm) =>
        (Domain, Id, Selector, Algorithm) = (domain, id, selector, algorithm);

    /// <summary>The domain, lower-case as the server spells its own.</summary>
    public string Domain { get; }
    /// <summary>Its name on the server.</summary>
    public string Id { get; }
    /// <summary>The selector.</summary>
    public string Selector { get; }
    /// <summary>The kind of key.</summary>
    public DkimAlgorithm Algorithm { get; }
    /// <summary>Whether the server signs with it at once, from 0.16 on.</summary>
    public DkimStage Stage { get; init; } = DkimStage.Active;
    /// <summary>Makes the key pair, which from 0.16 on the server does not.</summary>
    public Func<DkimAlgorithm, DkimKey>? CreateKey { get; init; }

    /// <summary>Checks the parts; id and selector default to the server's own choice: <c>rsa-example.org</c>, and <c>202611r</c> in November 2026.</summary>
    /// <exception cref="ArgumentException">One of them could not be published in DNS, or not be kept as a setting.</exception>
    public static NewDkimSignature Create(string domain, DkimAlgorithm algorithm, string? selector, string? id, DateTimeOffset now)
    {
        string plain = DomainName.Normalize(domain);
        string label = selector?.Trim() ?? now.UtcDateTime.ToString("yyyyMM", CultureInfo.InvariantCulture) + algorithm.Word[0];
        if (!label.Split('.').All(IsLabel))
        {
            throw new ArgumentException($"'{label}' is not a valid selector: it becomes part of a DNS name, so it may contain only letters, digits, '-' and '_'.");
        }
        string name = id?.Trim() ?? GetDefaultId(algorithm, plain);
        if (name.Length == 0 || name[0] == '.' || name[^1] == '.' || name.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '*' or '?' or ',' or '/'))
        {
            throw new ArgumentException($"'{name}' is not a valid signature id: it becomes part of a setting's key, so it must not contain spaces or * ? , / and must not begin or end with a dot.");
        }
        return new NewDkimSignature(plain, name, label, algorithm);
    }

    /// <summary>The name that a server, as installed, looks for when it signs the mail of a domain.</summary>
    /// <param name="algorithm">The kind of key.</param>
    /// <param name="domain">The domain, lower-case.</param>
    public static string GetDefaultId(DkimAlgorithm algorithm, string domain) => $"{algorithm.Word}-{domain}";

    private static bool IsLabel(string label) => label.Length is > 0 and <= 63 && label.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
