using System.Net;

namespace MailAdmin.Client.Http;

/// <summary>
/// The proxy of a connection: the one that was asked for, with the user info of its address, else that of the environment or the system. This machine is
/// never reached through a proxy: plain http to it would show the proxy the credential.
/// </summary>
internal sealed class ConnectionProxy : IWebProxy
{
    private static readonly string[] s_variables = ["https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"];
    private static readonly string[] s_schemes = ["http", "https", "socks4", "socks4a", "socks5"];
    private readonly IWebProxy _inner;
    private readonly bool _isFromEnvironment;

    private ConnectionProxy(IWebProxy inner, ICredentials? credentials, bool isFromEnvironment) =>
        (_inner, Credentials, _isFromEnvironment) = (inner, credentials ?? inner.Credentials, isFromEnvironment);

    /// <inheritdoc/>
    public ICredentials? Credentials { get; set; }

    /// <summary>The proxy of these options; null for none at all.</summary>
    public static ConnectionProxy? Create(MailClientOptions options)
    {
        if (options.NoProxy)
        {
            return null;
        }
        return options.Proxy is { } address
            ? new ConnectionProxy(new WebProxy(WithoutUserInfo(address)), options.ProxyCredentials ?? GetUserInfo(address), isFromEnvironment: false)
            : new ConnectionProxy(options.SystemProxy ?? HttpClient.DefaultProxy, options.ProxyCredentials, isFromEnvironment: true);
    }

    /// <summary>Rejects settings of a proxy that cannot be meant.</summary>
    public static void ThrowIfInvalid(MailClientOptions options)
    {
        string? problem = options switch
        {
            { Proxy: { } address } when !IsProxyAddress(address) => $"'{RemoveUserInfo(address.OriginalString)}' is not the address of a proxy. Specify -Proxy http://host:port.",
            { Proxy: not null, NoProxy: true } => "-Proxy specifies a proxy and -NoProxy uses none. Omit one of them.",
            { ProxyCredentials: not null, NoProxy: true } => "-ProxyCredential is for a proxy and -NoProxy uses none. Omit one of them.",
            { ProxyCredentials: not null, Transport: null } when Create(options)?.GetProxy(options.BaseUri) is null =>
                $"-ProxyCredential is for a proxy, and there is none for '{options.BaseUri.Authority}'. Specify -Proxy as well, or omit -ProxyCredential.",
            _ => null,
        };
        if (problem is not null)
        {
            throw MailServerException.CreateRefusal(Operations.RequestOAuthCode, "proxy", problem);
        }
    }

    /// <summary>How the proxy for an address is called in messages; null where there is none for it.</summary>
    public string? Describe(Uri destination)
    {
        if (GetProxy(destination) is not { } proxy)
        {
            return null;
        }
        string shown = WithoutUserInfo(proxy).GetLeftPart(UriPartial.Authority);
        return !_isFromEnvironment ? $"proxy {shown}" : FindVariable(proxy) is { } variable ? $"proxy {shown} (of the environment variable {variable})" : $"proxy {shown} (of the environment or the system)";
    }

    /// <inheritdoc/>
    public Uri? GetProxy(Uri destination)
    {
        if (IsBypassed(destination))
        {
            return null;
        }
        // The address itself stands for no proxy.
        return _inner.GetProxy(destination) is { } proxy && proxy != destination ? proxy : null;
    }

    /// <inheritdoc/>
    public bool IsBypassed(Uri host) => host.IsLoopback || _inner.IsBypassed(host);

    private static bool IsProxyAddress(Uri address) => address.IsAbsoluteUri && address.Host.Length > 0 && s_schemes.Contains(address.Scheme);

    private static string RemoveUserInfo(string address) => address[(address.LastIndexOf('@') + 1)..];

    private static string? FindVariable(Uri proxy) =>
        Array.Find(s_variables, name => Environment.GetEnvironmentVariable(name)?.Contains(proxy.Host, StringComparison.OrdinalIgnoreCase) == true);

    private static Uri WithoutUserInfo(Uri address) => address.UserInfo.Length == 0 ? address : new UriBuilder(address) { UserName = "", Password = "" }.Uri;

    private static NetworkCredential? GetUserInfo(Uri address)
    {
        if (address.UserInfo.Length == 0)
        {
            return null;
        }
        string[] parts = address.UserInfo.Split(':', 2);
        return new NetworkCredential(Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "");
    }
}
