namespace MailAdmin.Client;

/// <summary>One DKIM signature of a reported message.</summary>
/// <param name="Domain">The signing domain.</param>
/// <param name="Selector">The selector of its key.</param>
/// <param name="Result">What the check found.</param>
/// <param name="HumanResult">Further explanation.</param>
public sealed record DkimCheck(string Domain, string Selector, AuthenticationResult Result, string? HumanResult)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Domain}={Result}";
}
