namespace MailAdmin.Client.Jmap;

/// <summary>Paths of patches, such as <c>recipients/a~1b@example.org/retryDue</c>.</summary>
internal static class JmapPath
{
    /// <summary>The path of these elements.</summary>
    public static string Combine(params IEnumerable<string> elements) => string.Join('/', elements.Select(Escape));

    /// <summary>The elements of a path.</summary>
    public static string[] Split(string path) => [.. path.Split('/').Select(Unescape)];

    private static string Unescape(string element) => element.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal).Replace(@"\\", @"\", StringComparison.Ordinal);

    /// <summary>An element as it stands in a path: as JSON pointers have it; besides, the server takes a backslash for the escape of the next character.</summary>
    public static string Escape(string element) => element.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
