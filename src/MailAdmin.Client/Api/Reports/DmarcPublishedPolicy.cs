namespace MailAdmin.Client;

/// <summary>The DMARC policy that a reporter found in the DNS.</summary>
public sealed class DmarcPublishedPolicy
{
    /// <summary>The domain.</summary>
    public string Domain { get; init; } = "";
    /// <summary>The version it claims.</summary>
    public string? Version { get; init; }
    /// <summary>How closely DKIM must agree (<c>adkim</c>).</summary>
    public string DkimAlignment { get; init; } = DmarcAlignment.Unspecified;
    /// <summary>How closely SPF must agree (<c>aspf</c>).</summary>
    public string SpfAlignment { get; init; } = DmarcAlignment.Unspecified;
    /// <summary>What it asks for (<c>p</c>).</summary>
    public string Policy { get; init; } = DmarcPolicy.Unspecified;
    /// <summary>What it asks for on subdomains (<c>sp</c>).</summary>
    public string SubdomainPolicy { get; init; } = DmarcPolicy.Unspecified;
    /// <summary>Whether it is a test (<c>t</c>).</summary>
    public bool Testing { get; init; }
    /// <summary>When to report failures (<c>fo</c>).</summary>
    public string? FailureOption { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Domain.Length == 0 ? "" : $"{Domain} p={Policy}";
}
