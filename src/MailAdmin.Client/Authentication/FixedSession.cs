using MailAdmin.Client.Http;

namespace MailAdmin.Client.Authentication;

/// <summary>An API key, or a token without a refresh token.</summary>
internal sealed class FixedSession(string token) : Session
{
    private string? _token = token;

    public override bool CountsAsLoginAttempt => _token is { } token && (ApiKeyName.IsOfOlderServer(token) || ApiKeyName.IsOfNewerServer(token));

    public override ValueTask<string> GetTokenAsync(CancellationToken cancellationToken)
    {
        string token = _token ?? throw ClosedConnection.Error();
        return ValueTask.FromResult(token);
    }

    public override void ClearTokens() => _token = null;
}
