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
            throw new ArgumentException("The server's address must begin with https:// or http://.");
        }
        if (baseUri.UserInfo.Length > 0 || baseUri.Query.Length > 0 || baseUri.Fragment.Length > 0)
        {
            throw new ArgumentException("The server's address must not contain credentials, a query or a fragment.");
        }
        Base = baseUri;
        _root = baseUri.GetLeftPart(UriPartial.Path).TrimEnd('/');
    }

    public Uri Base { get; }

    /// <summary>An address beside the API: <paramref name="path"/> begins with a slash and is encoded already.</summary>
    public Uri RootRelative(string path) => Create(_root + path);

    /// <summary>An address under /api: <paramref name="pathAndQuery"/> begins with a slash and is encoded already.</summary>
    public Uri ApiRelative(string pathAndQuery) => Create(_root + "/api" + pathAndQuery);

    /// <summary>The address of an operation, with the values that its route leaves open, in their order.</summary>
    public Uri For(Operation operation, params ReadOnlySpan<string> values) => Create(BuildPath(operation, values).ToString());

    /// <summary>The same with a query. A pair without a value is left out: the server would drop it.</summary>
    public Uri ForQuery(Operation operation, IEnumerable<KeyValuePair<string, string?>> query, params ReadOnlySpan<string> values)
    {
        StringBuilder text = BuildPath(operation, values);
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
        return Create(text.ToString());
    }

    /// <summary>One element of a path: everything but unreserved characters encoded, and a name of dots kept from meaning a folder.</summary>
    public static string EscapeSegment(string text) => text is "." or ".."
        ? text.Replace(".", "%2E", StringComparison.Ordinal)
        : Uri.EscapeDataString(text);

    /// <summary>The same address with one more pair in its query.</summary>
    public static Uri AppendQuery(Uri address, string key, string value) =>
        Create($"{address.OriginalString}{(address.Query.Length > 0 ? '&' : '?')}{Uri.EscapeDataString(key)}={Uri.EscapeDataString(value)}");

    private StringBuilder BuildPath(Operation operation, ReadOnlySpan<string> values)
    {
        var text = new StringBuilder(_root);
        int used = 0;
        foreach (string element in operation.Path.Split('/').Skip(1))
        {
            text.Append('/');
            if (!element.StartsWith('{'))
            {
                text.Append(element);
            }
            else if (used++ < values.Length)
            {
                text.Append(EscapeSegment(values[used - 1]));
            }
        }
        return used == values.Length ? text : throw new ArgumentException($"{operation} takes {used} values, and {values.Length} were given.", nameof(values));
    }

    private static Uri Create(string text) => new(text, s_verbatim);
}
