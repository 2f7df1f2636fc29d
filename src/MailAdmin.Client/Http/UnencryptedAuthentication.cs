namespace MailAdmin.Client.Http;

/// <summary>Keeps credentials from crossing the network unencrypted.</summary>
internal static class UnencryptedAuthentication
{
    /// <summary>Rejects plain http to any host but this one, unless the user allows it, and in any case through a proxy: it would see the credential.</summary>
    public static void ThrowIfNotAllowed(MailClientOptions options)
    {
        if (options.BaseUri.Scheme != Uri.UriSchemeHttp || options.BaseUri.IsLoopback)
        {
            return;
        }
        string? problem = !options.AllowUnencryptedAuthentication
            ? $"plain http to '{options.BaseUri.Host}' would send the credential unencrypted. Use https or, if you trust the network, connect with -AllowUnencryptedAuthentication."
            : options.Transport is null && ConnectionProxy.Create(options)?.Describe(options.BaseUri) is { } proxy
                ? $"plain http to '{options.BaseUri.Host}' goes through the {proxy}, which would see the credential. Use https, or connect without the proxy (-NoProxy)."
                : null;
        if (problem is not null)
        {
            throw new MailServerException(MailErrorCode.RejectedByClient, Operations.RequestOAuthCode, $"Nothing was sent: {problem}") { Field = "uri" };
        }
    }
}
