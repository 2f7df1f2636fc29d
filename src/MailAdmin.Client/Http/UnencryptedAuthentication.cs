namespace MailAdmin.Client.Http;

/// <summary>Keeps credentials from crossing the network unencrypted.</summary>
internal static class UnencryptedAuthentication
{
    /// <summary>Rejects plain http to any host but this one, unless the user allows it.</summary>
    public static void ThrowIfNotAllowed(MailClientOptions options)
    {
        if (options.BaseUri.Scheme == Uri.UriSchemeHttp && !options.BaseUri.IsLoopback && !options.AllowUnencryptedAuthentication)
        {
            throw new MailServerException(
                MailErrorCode.RejectedByClient,
                Operations.RequestOAuthCode,
                $"Nothing was sent: plain http to '{options.BaseUri.Host}' would send the credential unencrypted. Use https or, if you trust the network, connect with -AllowUnencryptedAuthentication.")
            {
                Field = "uri",
            };
        }
    }
}
