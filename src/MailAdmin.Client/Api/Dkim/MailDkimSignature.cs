namespace MailAdmin.Client;

/// <summary>A DKIM signature of the server (POST /dkim, GET /dkim/{id}, the settings under <c>signature.</c>; from 0.16 on x:DkimSignature). It never holds the private key.</summary>
public sealed class MailDkimSignature : ServerObject
{
    /// <summary>Its name on the server, such as <c>rsa-example.org</c>; from 0.16 on the id that the server gave it.</summary>
    public required string Id { get; init; }
    /// <summary>The domain whose mail it signs; empty where it is among <see cref="UnknownParts"/>.</summary>
    public string Domain { get; init; } = "";
    /// <summary>The selector: the first label of the record's name.</summary>
    public string Selector { get; init; } = "";
    /// <summary>The kind of its key.</summary>
    public string Algorithm { get; init; } = DkimAlgorithm.Rsa;
    /// <summary>The public key in base64; null when the server does not report it.</summary>
    public string? PublicKey { get; init; }

    /// <summary>From 0.16 on: <c>Active</c> (the server signs with it), <c>Pending</c>, <c>Retiring</c> or <c>Retired</c>; null before.</summary>
    public string? Stage { get; init; }
    /// <summary>When it was made, from 0.16 on; null before.</summary>
    public DateTimeOffset? Created { get; init; }
    /// <summary>When the server moves it to its next stage by itself, from 0.16 on; null where it does not, and before.</summary>
    public DateTimeOffset? NextTransition { get; init; }
    /// <summary>The version of DKIM, from 0.16 on; null before.</summary>
    public int? DkimVersion { get; init; }
    /// <summary><c>Domain</c> where the signed-in account may not read its name, from 0.16 on. Empty = all is known.</summary>
    public StringList UnknownParts => UnknownNames;
    /// <summary>What else the server says of it.</summary>
    public NamedValues AdditionalData { get; init; } = NamedValues.Empty;

    /// <summary>The record to publish, so that others can verify the signature; null without a public key.</summary>
    public MailDnsRecord? DnsRecord => PublicKey is null || Domain.Length == 0 || Selector.Length == 0
        ? null
        : (MailDnsRecord)MailDnsRecord.Create(Domain, "TXT", $"{Selector}._domainkey.{Domain}.", $"v=DKIM1; k={DkimAlgorithm.Parse(Algorithm).Word}; h=sha256; p={PublicKey}").WithServer(Server);

    /// <inheritdoc/>
    public override string ToString() => Id;
}
