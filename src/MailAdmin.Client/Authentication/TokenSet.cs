namespace MailAdmin.Client.Authentication;

/// <summary>The tokens of one answer of the token endpoint. Its text form shows none of them.</summary>
internal sealed record TokenSet(string AccessToken, string? RefreshToken, DateTimeOffset? ExpiresAt, string? UserName = null)
{
    public override string ToString() => nameof(TokenSet);
}
