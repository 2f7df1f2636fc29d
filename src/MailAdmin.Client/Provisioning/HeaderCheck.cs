using System.Text.RegularExpressions;

namespace MailAdmin.Client.Provisioning;

/// <summary>
/// Whether the first row of a table can be its header. In a table without one it is the first person, perhaps with a password: none of its cells may be
/// shown.
/// </summary>
internal static partial class HeaderCheck
{
    /// <summary>How a table gets a header.</summary>
    public const string Advice = "If the file has no header, add one as its first line, such as Name,Email,Password, or name the columns: Import-Csv file.csv -Header Name, Email, Password | Import-MailPrincipal.";

    /// <exception cref="ColumnMapException">The first row holds values, not headers.</exception>
    public static void ThrowIfValues(IReadOnlyList<string> headers)
    {
        if (AreRecognized(headers))
        {
            return;
        }

        if (headers.Any(header => Value().IsMatch(header)))
        {
            throw new ColumnMapException("HeaderMissing", $"The file seems to have no header: its first line holds values. {Advice}");
        }

        // A first name may be the login, too; no column is named twice.
        if (FindSame(headers) is { } same)
        {
            throw new ColumnMapException("HeaderMissing", $"The file seems to have no header: columns {same.First} and {same.Second} of its first line are the same, and most are unknown. {Advice}");
        }
    }

    private static (int First, int Second)? FindSame(IReadOnlyList<string> headers)
    {
        var seen = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (int i = 0; i < headers.Count; i++)
        {
            if (headers[i].Length > 0 && !seen.TryAdd(headers[i], i + 1))
            {
                return (seen[headers[i]], i + 1);
            }
        }

        return null;
    }

    /// <summary>Whether the headers, as a whole, are certainly headers, so that each of them may be shown.</summary>
    public static bool AreRecognized(IReadOnlyList<string> headers) =>
        KnownHeaders.DetectSource(headers) != ColumnSource.MailAdmin || 2 * headers.Count(IsKnown) >= headers.Count(header => header.Length > 0);

    private static bool IsKnown(string header) => header.Length > 0 && (KnownHeaders.TryGetField(header, out _) || KnownHeaders.IsLogin(header) || KnownHeaders.IsReadOnly(header));

    /// <summary>An address, a hash, a number or a truth value.</summary>
    [GeneratedRegex(@"^\s*(?:[^@\s]+@[^@\s]+|\{[A-Za-z0-9.+-]+\}\S+|\$[0-9a-z]{1,8}\$\S+|[0-9]+(?:[.,][0-9]+)?|true|false)\s*$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Value();
}
