namespace MailAdmin.Sandbox.Store;

/// <summary>A deleted message that can still be restored.</summary>
internal sealed record DeletedItem(string Hash, ulong Size, DateTimeOffset DeletedAt, DateTimeOffset ExpiresAt);
