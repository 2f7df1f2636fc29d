using System.Collections.Frozen;
using MailAdmin.Client.Http;
using MailAdmin.Client.Jmap;

namespace MailAdmin.Client.Authentication;

/// <summary>Signs in to a server from 0.16 on. A password becomes tokens that are renewed, and is not kept; keys and tokens are sent as they are.</summary>
internal sealed class JmapSignIn(ApiChannel channel, SessionHolder holder, string clientId, TimeProvider time)
{
    // Nothing opens it; it must only be the same in both steps.
    private const string RedirectUri = OAuthCodeEndpoint.RedirectUri;

    private static readonly FrozenSet<string> s_permissionsOfBootstrap = FrozenSet.Create(StringComparer.Ordinal, "sysBootstrapGet", "sysBootstrapUpdate");

    private static readonly FrozenSet<string> s_permissionsOfExpiredPassword = FrozenSet.Create(
        StringComparer.Ordinal, "authenticate", "authenticateWithAlias", "sysAccountPasswordGet", "sysAccountPasswordUpdate", "emailReceive");

    private readonly JmapSignInEndpoint _endpoint = new(channel);
    private readonly TokenEndpoint _tokens = new(channel, clientId, holder.Renewals, time);

    public async Task<SignInResult> SignInAsync(MailCredential credential, CancellationToken cancellationToken)
    {
        holder.Current = credential switch
        {
            PasswordCredential password => _tokens.CreateSession(await ExchangePasswordAsync(password, cancellationToken).ConfigureAwait(false)),
            ApiKeyCredential key => CreateKeySession(key.Key.Trim()),
            TokenCredential { RefreshToken: { } refresh } token when !string.IsNullOrWhiteSpace(refresh) => _tokens.CreateSession(new TokenSet(token.AccessToken.Trim(), refresh.Trim(), null)),
            TokenCredential token => CreateKeySession(token.AccessToken.Trim()),
            DeviceCredential device => _tokens.CreateSession(await new DeviceFlow(_tokens, channel.Uri, time).RunAsync(device, cancellationToken).ConfigureAwait(false)),
            BrowserCredential browser => _tokens.CreateSession(await new BrowserFlow(channel, _tokens, clientId, time).RunAsync(browser, cancellationToken).ConfigureAwait(false)),
            _ => throw new ArgumentException("This kind of credential is not supported.", nameof(credential)),
        };
        ServerInfo server = await DescribeServerAsync(cancellationToken).ConfigureAwait(false);
        JmapSession session = await JmapSession.GetAsync(channel, cancellationToken).ConfigureAwait(false);
        return new SignInResult(holder.Current, session.UserName, server, session);
    }

    /// <summary>What the server reports about itself and the account.</summary>
    /// <exception cref="MailServerException"><c>Forbidden</c> where it allows nothing: it is not set up yet, or the password has expired.</exception>
    public async Task<ServerInfo> DescribeServerAsync(CancellationToken cancellationToken)
    {
        JmapAccountResponse account = await _endpoint.DescribeAccountAsync(cancellationToken).ConfigureAwait(false);
        var permissions = account.Permissions!.ToFrozenSet(StringComparer.Ordinal);
        ThrowIfNothingIsAllowed(permissions);
        var version = SchemaVersion.Find(await _endpoint.FindSchemaHashAsync(cancellationToken).ConfigureAwait(false));
        return new ServerInfo(version.Oldest, account.Edition == "enterprise", permissions)
        {
            Family = ServerFamily.Jmap,
            VersionRange = version.Range,
            IsOpenSource = account.Edition == "oss",
        };
    }

    private async Task<TokenSet> ExchangePasswordAsync(PasswordCredential credential, CancellationToken cancellationToken)
    {
        var pkce = new PkceChallenge();
        JmapSignInRequest request = new()
        {
            AccountName = credential.UserName.Trim(),
            AccountSecret = credential.Secret,
            ClientId = clientId,
            RedirectUri = RedirectUri,
            CodeChallenge = pkce.Challenge,
        };
        JmapSignInResponse response = await _endpoint.SignInAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.Type == JmapSignInResponse.OneTimeCodeRequired && credential.TotpCode is not null
            && await credential.TotpCode(cancellationToken).ConfigureAwait(false) is { } code && !string.IsNullOrWhiteSpace(code))
        {
            response = await _endpoint.SignInAsync(request with { OneTimeCode = TotpCode.Normalize(code) }, cancellationToken).ConfigureAwait(false);
        }
        return response.Type switch
        {
            JmapSignInResponse.Authenticated => await _tokens.ExchangeAsync(response.Code!, RedirectUri, cancellationToken, pkce.Verifier).ConfigureAwait(false),
            _ => throw JmapSignInEndpoint.CreateFailure(response),
        };
    }

    private static FixedSession CreateKeySession(string key) => ApiKeyName.IsOfOlderServer(key)
        ? throw MailServerException.CreateRefusal(
            Operations.DescribeAccount, "apiKey", "An API key that begins with 'api_' is one of Stalwart 0.11 to 0.15, and this server is 0.16 or later: its keys begin with 'API_'. Make a new key there.")
        : new FixedSession(key);

    private static void ThrowIfNothingIsAllowed(FrozenSet<string> permissions)
    {
        string? reason =
            permissions.SetEquals(s_permissionsOfBootstrap) ? "The server is in bootstrap mode: it is not set up yet, so there is nothing to administer. Finish its setup in a browser, restart it, and connect again."
            : permissions.SetEquals(s_permissionsOfExpiredPassword) ? "The password of the account has expired: the server allows nothing but to change it. Change it in a browser, or let an administrator set a new one, and connect again."
            : null;
        if (reason is not null)
        {
            throw new MailServerException(MailErrorCode.Forbidden, Operations.DescribeAccount, reason);
        }
    }
}
