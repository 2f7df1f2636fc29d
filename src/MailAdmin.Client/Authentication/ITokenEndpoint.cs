namespace MailAdmin.Client.Authentication;

/// <summary>Exchanges a refresh token for a new access token.</summary>
internal interface ITokenEndpoint
{
    Task<Tokens> RefreshAsync(string refreshToken, CancellationToken cancellationToken);
}
