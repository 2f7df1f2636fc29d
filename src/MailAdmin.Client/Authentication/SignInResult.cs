using MailAdmin.Client.Http;
using MailAdmin.Client.Jmap;

namespace MailAdmin.Client.Authentication;

/// <summary>The result of signing in.</summary>
/// <param name="Session">The token or key.</param>
/// <param name="UserName">Who signed in, where that is known.</param>
/// <param name="Server">What the server reports; null where it may not be asked.</param>
/// <param name="Jmap">The session of a server from 0.16 on; null before.</param>
internal sealed record SignInResult(Session Session, string? UserName, ServerInfo? Server, JmapSession? Jmap = null);
