namespace MailAdmin.Client;

/// <summary>An API key that the server made.</summary>
/// <param name="Principal">The key.</param>
/// <param name="Secret">What is to be sent to sign in with it. The server shows it once.</param>
public sealed record CreatedApiKey(MailPrincipal Principal, string Secret)
{
    /// <summary>The name alone: what is printed never holds a secret.</summary>
    public override string ToString() => Principal.Name;
}
