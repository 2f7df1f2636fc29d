namespace MailAdmin.Client.Authentication;

/// <summary>What the token endpoint gives. Its text form shows none of it.</summary>
internal sealed record TokenSet(string AccessToken, string? RefreshToken, DateTimeOffset? ExpiresAt, string? UserName = null)
{
    public override string ToString() => nameof(TokenSet);
}
