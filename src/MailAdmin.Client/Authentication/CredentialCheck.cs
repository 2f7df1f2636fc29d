namespace MailAdmin.Client.Authentication;

/// <summary>What no server takes is not sent to one: it would count as a failed sign-in, and enough of these are a ban.</summary>
internal static class CredentialCheck
{
    /// <summary>Refuses a credential that is none, before anything is sent.</summary>
    /// <exception cref="MailServerException"><c>RejectedByClient</c>.</exception>
    public static void ThrowIfInvalid(MailCredential credential)
    {
        (string Field, string Problem)? found = credential switch
        {
            PasswordCredential password => FindProblem(password),
            ApiKeyCredential key when !IsKey(key.Key.Trim()) =>
                ("apiKey", $"The API key is not valid: an API key begins with '{ApiKeyName.Prefix}', and from 0.16 on with '{ApiKeyName.NewerPrefix}'. Copy it as the server's console shows it."),
            TokenCredential token when !IsHeaderSafe(token.AccessToken.Trim()) =>
                ("accessToken", "The access token is not valid: it is empty or contains characters that a token cannot have."),
            _ => null,
        };
        if (found is { } fault)
        {
            throw MailServerException.CreateRefusal(Operations.RequestOAuthCode, fault.Field, fault.Problem);
        }
    }

    private static (string Field, string Problem)? FindProblem(PasswordCredential credential)
    {
        string userName = credential.UserName.Trim();
        return userName.Length == 0 || userName.Contains(':', StringComparison.Ordinal) ? ("userName", "A login must not be empty or contain a colon.")
            : credential.Secret.Length == 0 ? ("password", $"The password of '{userName}' is empty, so nothing was sent: the server would count it as a failed sign-in, and ban your IP address after too many.")
            : null;
    }

    private static bool IsKey(string key) => (ApiKeyName.IsOfOlderServer(key) || ApiKeyName.IsOfNewerServer(key)) && IsHeaderSafe(key);

    private static bool IsHeaderSafe(string text) => text.Length > 0 && text.All(c => c is > ' ' and < '\x7f');
}
