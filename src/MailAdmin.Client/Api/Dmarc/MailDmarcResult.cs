namespace MailAdmin.Client;

/// <summary>Whether mail passes DMARC, and what the server found on the way (POST /troubleshoot/dmarc; from 0.16 on an action).</summary>
public sealed class MailDmarcResult : ServerObject
{
    /// <summary>Whether it passes. This decides: <see cref="Dmarc"/> is <c>None</c>, not <c>Fail</c>, where neither SPF nor DKIM holds.</summary>
    public bool Pass { get; init; }
    /// <summary>Why, in short.</summary>
    public string Reason => $"SPF {SpfMailFrom.Result}{(string.IsNullOrEmpty(SpfMailFrom.Domain) ? "" : $" for {SpfMailFrom.Domain}")}; {DkimSummary}; policy {Policy}";
    /// <summary>The file that the message came from; null where it was no file.</summary>
    public string? Path { get; internal set; }
    /// <summary>Its place in the file, counted from 1; null where the file is one message.</summary>
    public int? Number { get; internal set; }
    /// <summary>The address that the mail was taken to come from.</summary>
    public string? RemoteIp { get; internal set; }
    /// <summary>The name by which the sending host was taken to introduce itself.</summary>
    public string EhloDomain { get; internal set; } = "";
    /// <summary>The sender of the envelope that it was tested with; empty for a bounce.</summary>
    public string From { get; internal set; } = "";
    /// <summary>The sender of the envelope, by the name of the SMTP command.</summary>
    public string MailFrom => From;
    /// <summary>SPF of the name that the host introduced itself by.</summary>
    public required AuthenticationCheck SpfEhlo { get; init; }
    /// <summary>SPF of the sender's domain: the one that counts for DMARC.</summary>
    public required AuthenticationCheck SpfMailFrom { get; init; }
    /// <summary>Whether the address has a name that leads back to it.</summary>
    public required AuthenticationCheck IpRev { get; init; }
    /// <summary>The names of the address.</summary>
    public StringList PtrRecord { get; init; } = StringList.Empty;
    /// <summary>Each DKIM signature.</summary>
    public ItemList<AuthenticationCheck> Dkim { get; init; } = ItemList<AuthenticationCheck>.Empty;
    /// <summary>Whether a signature holds.</summary>
    public bool DkimPass { get; init; }
    /// <summary>The signatures of DKIM's second version, from 0.16 on; null before.</summary>
    public AuthenticationCheck? Dkim2 { get; init; }
    /// <summary>Whether they hold, from 0.16 on; null before.</summary>
    public bool? Dkim2Pass { get; init; }
    /// <summary>The chain of those who forwarded it.</summary>
    public required AuthenticationCheck Arc { get; init; }
    /// <summary>What the server calls the outcome; <see cref="Pass"/> decides.</summary>
    public required AuthenticationCheck Dmarc { get; init; }
    /// <summary>What the sender's domain asks for with mail that fails; <c>None</c> also where it has no record.</summary>
    public string Policy { get; init; } = DmarcPolicy.Unspecified;
    /// <summary>How long the look-ups took.</summary>
    public TimeSpan Elapsed { get; init; }
    /// <summary>Members of the answer this version does not know.</summary>
    public NamedValues AdditionalData { get; init; } = NamedValues.Empty;

    private string DkimSummary => Dkim.Count == 0 ? "no DKIM signature" : $"DKIM {string.Join(", ", Dkim)}";

    /// <inheritdoc/>
    public override string ToString() => Reason;
}
