using MailAdmin.Client.Http;

namespace MailAdmin.Client.Authentication;

/// <summary>The result of signing in.</summary>
internal sealed record SignInResult(Session Session, string? UserName, ServerInfo? Server);
