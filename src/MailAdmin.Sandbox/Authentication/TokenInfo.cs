namespace MailAdmin.Sandbox.Authentication;

/// <summary>The contents of a valid token.</summary>
internal sealed record TokenInfo(uint AccountId, string ClientId, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt);
