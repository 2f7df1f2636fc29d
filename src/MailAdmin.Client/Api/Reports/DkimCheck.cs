namespace MailAdmin.Client;

/// <summary>One DKIM signature of a reported message.</summary>
public sealed class DkimCheck
{
    /// <summary>One of these values.</summary>
    public DkimCheck(string domain, string selector, string result, string? humanResult) =>
        (Domain, Selector, Result, HumanResult) = (domain, selector, result, humanResult);

    /// <summary>The signing domain.</summary>
    public string Domain { get; }
    /// <summary>The selector of its key.</summary>
    public string Selector { get; }
    /// <summary>What the check found.</summary>
    public string Result { get; }
    /// <summary>Further explanation.</summary>
    public string? HumanResult { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{Domain}={Result}";
}
