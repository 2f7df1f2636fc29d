namespace MailAdmin.Client;

/// <summary>A record to publish for a mail domain (GET /dns/records/{domain}).</summary>
public sealed class MailDnsRecord : ServerObject, IEquatable<MailDnsRecord>
{
    /// <summary>The domain it was asked for, as it was spelt.</summary>
    public required string Domain { get; init; }
    /// <summary>MX, CNAME, TXT, SRV or TLSA.</summary>
    public required string Type { get; init; }
    /// <summary>Where it belongs, with a dot at the end; letters of other alphabets as <c>xn--</c>, as zones hold them.</summary>
    public required string Name { get; init; }
    /// <summary>The zone that it is for: the domain as zones hold it, without a dot at the end.</summary>
    public string Zone => ZoneFile.ToAscii(Domain).TrimEnd('.');
    /// <summary>Its name within the zone, as DNS providers take it: <c>@</c> is the domain itself; null where the name is not in the zone.</summary>
    public string? RelativeName => ZoneFile.ToRelativeName(Name, Zone);
    /// <summary>Its value, texts neither quoted nor split; domains in it as in the name.</summary>
    public required string Content { get; init; }

    /// <summary>A record to publish: what the server spells in letters of other alphabets is written as zones hold it.</summary>
    internal static MailDnsRecord Create(string domain, string type, string name, string content) =>
        new() { Domain = domain, Type = type, Name = ZoneFile.ToAscii(name), Content = ZoneFile.ToAsciiContent(type, content) };

    /// <summary>The record as a line of a BIND zone file: texts quoted and split at 255 bytes, names in ASCII.</summary>
    public string ToZoneLine() => ZoneFile.FormatRecord(Name, Type, Content);

    /// <summary>Whether it is the same record of the same domain.</summary>
    public bool Equals(MailDnsRecord? other) => other is not null && (Domain, Type, Name, Content) == (other.Domain, other.Type, other.Name, other.Content);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as MailDnsRecord);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Domain, Type, Name, Content);

    /// <inheritdoc/>
    public override string ToString() => $"{Name} {Type} {Content}";
}
