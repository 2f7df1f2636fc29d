using System.Text;

namespace MailAdmin.Client.Http;

/// <summary>Builds addresses under the base address that the user gave, byte for byte as the server is to see them.</summary>
internal sealed class ApiUri
{
    // Uri's own clean-up would undo the encoding of dots and so walk up the path.
    private static readonly UriCreationOptions s_verbatim = new() { DangerousDisablePathAndQueryCanonicalization = true };
    private readonly string _root;

    public ApiUri(Uri baseUri)
    {
        if (!baseUri.IsAbsoluteUri || (baseUri.Scheme != Uri.UriSchemeHttp && baseUri.Scheme != Uri.UriSchemeHttps))
        {
            throw new ArgumentException("The server's address must begin with https:// or http://.", nameof(baseUri));
        }
        if (baseUri.UserInfo.Length > 0 || baseUri.Query.Length > 0 || baseUri.Fragment.Length > 0)
        {
            throw new ArgumentException("The server's address must not contain credentials, a query or a fragment.", nameof(baseUri));
        }
        Base = baseUri;
        _root = baseUri.GetLeftPart(UriPartial.Path).TrimEnd('/');
    }

    public Uri Base { get; }

    /// <summary>An address beside the API: <paramref name="path"/> begins with a slash and is encoded already.</summary>
    public Uri RootRelative(string path) => Create(_root + path);

    /// <summary>An address under /api: <paramref name="pathAndQuery"/> begins with a slash and is encoded already.</summary>
    public Uri ApiRelative(string pathAndQuery) => Create(_root + "/api" + pathAndQuery);

    /// <summary>An address under /api with a query. A pair without a value is left out: the server would drop it.</summary>
    public Uri ApiRelative(string path, IEnumerable<KeyValuePair<string, string?>> query)
    {
        var text = new StringBuilder(path);
        char separator = '?';
        foreach ((string key, string? value) in query)
        {
            if (string.IsNullOrEmpty(value))
            {
                continue;
            }
            text.Append(separator).Append(Uri.EscapeDataString(key)).Append('=').Append(Uri.EscapeDataString(value));
            separator = '&';
        }
        return ApiRelative(text.ToString());
    }

    /// <summary>One element of a path: everything but unreserved characters encoded, and a name of dots kept from meaning a folder.</summary>
    public static string EscapeSegment(string text) => text is "." or ".."
        ? text.Replace(".", "%2E", StringComparison.Ordinal)
        : Uri.EscapeDataString(text);

    /// <summary>The same address with one more pair in its query.</summary>
    public static Uri AppendQuery(Uri address, string key, string value) =>
        Create($"{address.OriginalString}{(address.Query.Length > 0 ? '&' : '?')}{Uri.EscapeDataString(key)}={Uri.EscapeDataString(value)}");

    private static Uri Create(string text) => new(text, s_verbatim);
}
