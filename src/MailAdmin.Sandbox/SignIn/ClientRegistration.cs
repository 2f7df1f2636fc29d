namespace MailAdmin.Sandbox.SignIn;

/// <summary>What an id of a client that registered itself says of it.</summary>
internal sealed record ClientRegistration(IReadOnlyList<string> RedirectUris, IReadOnlyList<string> Scopes, string? Name);
