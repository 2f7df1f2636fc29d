namespace MailAdmin.Client;

/// <summary>One SPF check of a reported message.</summary>
/// <param name="Domain">The domain checked.</param>
/// <param name="Scope"><c>MailFrom</c> or <c>Helo</c>.</param>
/// <param name="Result">What the check found.</param>
/// <param name="HumanResult">Further explanation.</param>
public sealed record SpfCheck(string Domain, string Scope, AuthenticationResult Result, string? HumanResult)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Domain}={Result}";
}
