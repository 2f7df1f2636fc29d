namespace MailAdmin.Client;

/// <summary>The DMARC policy that a reporter found in the DNS.</summary>
public sealed record DmarcPublishedPolicy
{
    /// <summary>The domain.</summary>
    public string Domain { get; init; } = "";
    /// <summary>The version it claims.</summary>
    public string? Version { get; init; }
    /// <summary>How closely DKIM must agree (<c>adkim</c>).</summary>
    public DmarcAlignment DkimAlignment { get; init; }
    /// <summary>How closely SPF must agree (<c>aspf</c>).</summary>
    public DmarcAlignment SpfAlignment { get; init; }
    /// <summary>What it asks for (<c>p</c>).</summary>
    public DmarcPolicy Policy { get; init; }
    /// <summary>What it asks for on subdomains (<c>sp</c>).</summary>
    public DmarcPolicy SubdomainPolicy { get; init; }
    /// <summary>Whether it is a test (<c>t</c>).</summary>
    public bool Testing { get; init; }
    /// <summary>When to report failures (<c>fo</c>).</summary>
    public string? FailureOption { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Domain.Length == 0 ? "" : $"{Domain} p={Policy}";
}
