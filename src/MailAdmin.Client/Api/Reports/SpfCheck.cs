namespace MailAdmin.Client;

/// <summary>One SPF check of a reported message.</summary>
public sealed class SpfCheck
{
    /// <summary>One of these values.</summary>
    public SpfCheck(string domain, string scope, string result, string? humanResult) =>
        (Domain, Scope, Result, HumanResult) = (domain, scope, result, humanResult);

    /// <summary>The domain checked.</summary>
    public string Domain { get; }
    /// <summary><c>MailFrom</c> or <c>Helo</c>.</summary>
    public string Scope { get; }
    /// <summary>What the check found.</summary>
    public string Result { get; }
    /// <summary>Further explanation.</summary>
    public string? HumanResult { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{Domain}={Result}";
}
