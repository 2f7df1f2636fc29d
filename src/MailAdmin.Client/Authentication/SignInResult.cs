using MailAdmin.Client.Http;

namespace MailAdmin.Client.Authentication;

/// <summary>What signing in brought.</summary>
internal sealed record SignInResult(Session Session, string? UserName, ServerInfo? Server);
