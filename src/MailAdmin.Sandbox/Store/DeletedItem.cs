namespace MailAdmin.Sandbox.Store;

/// <summary>A message that was deleted and is still held.</summary>
internal sealed record DeletedItem(string Hash, ulong Size, DateTimeOffset DeletedAt, DateTimeOffset ExpiresAt);
