namespace MailAdmin.Client.Http;

/// <summary>Keeps credentials off the network in clear.</summary>
internal static class UnencryptedAuthentication
{
    /// <summary>Refuses plain http to any host but this one, unless the user insists.</summary>
    public static void ThrowIfNotAllowed(MailClientOptions options)
    {
        if (options.BaseUri.Scheme == Uri.UriSchemeHttp && !options.BaseUri.IsLoopback && !options.AllowUnencryptedAuthentication)
        {
            throw new MailServerException(
                MailErrorCode.RefusedByClient,
                Operations.RequestOAuthCode,
                $"'{options.BaseUri.Host}' would be spoken to over plain http, and the credential with it. Use https, or, where the network is trusted, connect with -AllowUnencryptedAuthentication.")
            {
                Field = "uri",
            };
        }
    }
}
