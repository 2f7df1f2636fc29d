namespace MailAdmin.Sandbox.Authentication;

/// <summary>Issues and reads tokens.</summary>
internal interface ITokens
{
    /// <summary>A new token, or null where it would be bound to a secret and the account has none.</summary>
    string? Issue(TokenKind kind, uint accountId, string clientId, TimeSpan lifetime);

    /// <summary>The contents of the token, or null if it is malformed, forged, expired, of another kind or bound to a secret that has since changed.</summary>
    TokenInfo? Read(string token, TokenKind? kind);
}
