namespace MailAdmin.Client;

/// <summary>Messages of one source with one outcome.</summary>
public sealed class MailDmarcRecord
{
    /// <summary>The address that sent them.</summary>
    public string? SourceIp { get; init; }
    /// <summary>How many.</summary>
    public long MessageCount { get; init; }
    /// <summary>What was done with them.</summary>
    public string Disposition { get; init; } = DmarcPolicy.Unspecified;
    /// <summary>Whether DKIM passed for DMARC, alignment included.</summary>
    public string Dkim { get; init; } = AuthenticationResult.Unspecified;
    /// <summary>Whether SPF passed for DMARC, alignment included.</summary>
    public string Spf { get; init; } = AuthenticationResult.Unspecified;
    /// <summary>Whether DMARC passed: one of the two did.</summary>
    public bool Passed => Dkim == AuthenticationResult.Pass || Spf == AuthenticationResult.Pass;
    /// <summary>Why the policy was not followed.</summary>
    public ItemList<DmarcOverride> Reason { get; init; } = ItemList<DmarcOverride>.Empty;
    /// <summary>The domain of the From header.</summary>
    public string HeaderFrom { get; init; } = "";
    /// <summary>The domain of the envelope sender.</summary>
    public string? EnvelopeFrom { get; init; }
    /// <summary>The domain of the envelope recipient.</summary>
    public string? EnvelopeTo { get; init; }
    /// <summary>The DKIM signatures and their results.</summary>
    public ItemList<DkimCheck> DkimResult { get; init; } = ItemList<DkimCheck>.Empty;
    /// <summary>The SPF checks and their results.</summary>
    public ItemList<SpfCheck> SpfResult { get; init; } = ItemList<SpfCheck>.Empty;

    /// <inheritdoc/>
    public override string ToString() => $"{SourceIp}={MessageCount}";
}
