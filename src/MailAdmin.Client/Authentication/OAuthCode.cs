namespace MailAdmin.Client;

/// <summary>A code of POST /oauth.</summary>
/// <param name="Code">The code; valid ten minutes, once.</param>
/// <param name="Server">What the server reported with it.</param>
public sealed record OAuthCode(string Code, ServerInfo Server);
