namespace MailAdmin.Client;

/// <summary>How a connection signs in. It holds a secret only until that is exchanged, or as long as it must be sent; its text form never shows it.</summary>
public abstract class MailCredential
{
    private protected MailCredential()
    {
    }

    /// <summary>Login and password, exchanged once for tokens; the password is not kept.</summary>
    /// <param name="userName">The principal's name; an address is not a login.</param>
    /// <param name="password">The password.</param>
    /// <param name="totpCode">Supplies the code when the server requires a TOTP code (402); null = that is an error.</param>
    public static MailCredential FromPassword(string userName, string password, Func<CancellationToken, ValueTask<string?>>? totpCode = null)
        => new PasswordCredential(userName, password, totpCode);

    /// <summary>An API key as the server's own console shows it: <c>api_…</c>.</summary>
    public static MailCredential FromApiKey(string key) => new ApiKeyCredential(key);

    /// <summary>An access token from elsewhere, with a refresh token where there is one.</summary>
    public static MailCredential FromToken(string accessToken, string? refreshToken = null) => new TokenCredential(accessToken, refreshToken);

    /// <summary>The device flow: the person opens a page and enters a code.</summary>
    /// <param name="show">Shows the code and the page to the person.</param>
    public static MailCredential FromDevice(Func<DeviceAuthorization, CancellationToken, ValueTask> show) => new DeviceCredential(show);

    /// <summary>A browser on this machine: the person signs in on the server's own page, which sends the browser back here (0.16.2 and later).</summary>
    /// <param name="open">Opens the page in a browser, or shows its address to the person.</param>
    public static MailCredential FromBrowser(Func<BrowserAuthorization, CancellationToken, ValueTask> open) => new BrowserCredential(open);

    /// <inheritdoc/>
    public sealed override string ToString() => GetType().Name;
}

/// <summary>What a person needs to approve a device sign-in (POST /auth/device).</summary>
/// <param name="UserCode">The code to enter, such as <c>ABCD-EFGH</c>.</param>
/// <param name="VerificationUri">The page, on the user's own base address.</param>
/// <param name="VerificationUriComplete">The page with the code filled in.</param>
/// <param name="Expires">When the code expires.</param>
public sealed record DeviceAuthorization(string UserCode, Uri VerificationUri, Uri VerificationUriComplete, DateTimeOffset Expires);

/// <summary>What a person needs to sign in with a browser (GET /login).</summary>
/// <param name="Page">The page, on the user's own base address. It is for one sign-in, and holds no secret.</param>
/// <param name="RedirectUri">Where the page sends the browser, on the loopback address of this machine.</param>
/// <param name="Expires">Until when the client waits.</param>
public sealed record BrowserAuthorization(Uri Page, Uri RedirectUri, DateTimeOffset Expires);

internal sealed class PasswordCredential(string userName, string password, Func<CancellationToken, ValueTask<string?>>? totpCode) : MailCredential
{
    public string UserName { get; } = userName;
    public string Secret { get; } = password;
    public Func<CancellationToken, ValueTask<string?>>? TotpCode { get; } = totpCode;
}

internal sealed class ApiKeyCredential(string key) : MailCredential
{
    public string Key { get; } = key;
}

internal sealed class TokenCredential(string accessToken, string? refreshToken) : MailCredential
{
    public string AccessToken { get; } = accessToken;
    public string? RefreshToken { get; } = refreshToken;
}

internal sealed class DeviceCredential(Func<DeviceAuthorization, CancellationToken, ValueTask> show) : MailCredential
{
    public Func<DeviceAuthorization, CancellationToken, ValueTask> Show { get; } = show;
}

internal sealed class BrowserCredential(Func<BrowserAuthorization, CancellationToken, ValueTask> open) : MailCredential
{
    public Func<BrowserAuthorization, CancellationToken, ValueTask> Open { get; } = open;
}
