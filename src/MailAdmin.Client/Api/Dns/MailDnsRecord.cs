namespace MailAdmin.Client;

/// <summary>A record to publish for a mail domain (GET /dns/records/{domain}).</summary>
public sealed record MailDnsRecord
{
    /// <summary>The domain it was asked for.</summary>
    public required string Domain { get; init; }
    /// <summary>MX, CNAME, TXT, SRV or TLSA.</summary>
    public required string Type { get; init; }
    /// <summary>Where it belongs, with a dot at the end.</summary>
    public required string Name { get; init; }
    /// <summary>Its value, texts neither quoted nor split.</summary>
    public required string Content { get; init; }

    /// <summary>The record as a line of a BIND zone file: texts quoted and split at 255 bytes, names in ASCII.</summary>
    public string ToZoneLine() => ZoneFile.FormatRecord(Name, Type, Content);

    /// <inheritdoc/>
    public override string ToString() => $"{Name} {Type} {Content}";
}
