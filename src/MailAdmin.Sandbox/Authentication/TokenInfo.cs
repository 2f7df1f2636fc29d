namespace MailAdmin.Sandbox.Authentication;

/// <summary>What a valid token says.</summary>
internal sealed record TokenInfo(uint AccountId, string ClientId, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt);
