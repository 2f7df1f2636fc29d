namespace MailAdmin.Client;

/// <summary>A DKIM signature of the server (POST /dkim, GET /dkim/{id}, the settings under <c>signature.</c>). It never holds the private key.</summary>
public sealed class MailDkimSignature : ServerObject
{
    /// <summary>Its name on the server, such as <c>rsa-example.org</c>.</summary>
    public required string Id { get; init; }
    /// <summary>The domain whose mail it signs.</summary>
    public string Domain { get; init; } = "";
    /// <summary>The selector: the first label of the record's name.</summary>
    public string Selector { get; init; } = "";
    /// <summary>The kind of its key.</summary>
    public string Algorithm { get; init; } = DkimAlgorithm.Rsa;
    /// <summary>The public key in base64; null when the server does not report it.</summary>
    public string? PublicKey { get; init; }

    /// <summary>The record to publish, so that others can verify the signature; null without a public key.</summary>
    public MailDnsRecord? DnsRecord => PublicKey is null || Domain.Length == 0 || Selector.Length == 0
        ? null
        : (MailDnsRecord)MailDnsRecord.Create(Domain, "TXT", $"{Selector}._domainkey.{Domain}.", $"v=DKIM1; k={DkimAlgorithm.Parse(Algorithm).Word}; h=sha256; p={PublicKey}").WithServer(Server);

    /// <inheritdoc/>
    public override string ToString() => Id;
}
