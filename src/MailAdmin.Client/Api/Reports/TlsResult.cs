// Why TLS sessions failed.
using MailAdmin.Client.Values;

namespace MailAdmin.Client;

/// <summary>Why TLS sessions failed, by the words of RFC 8460. A word of a later server is kept.</summary>
public readonly record struct TlsResult
{
    private const string DefaultName = "Other";

    // Null is the unstated one, so that the default value equals it.
    private readonly string? _name;

    private TlsResult(string name) => _name = name == DefaultName ? null : name;

    /// <summary>No STARTTLS was offered.</summary>
    public static TlsResult StartTlsNotSupported { get; } = new("starttls-not-supported");
    /// <summary>The certificate is for another host.</summary>
    public static TlsResult CertificateHostMismatch { get; } = new("certificate-host-mismatch");
    /// <summary>The certificate has expired.</summary>
    public static TlsResult CertificateExpired { get; } = new("certificate-expired");
    /// <summary>The certificate is not trusted.</summary>
    public static TlsResult CertificateNotTrusted { get; } = new("certificate-not-trusted");
    /// <summary>Validation failed otherwise.</summary>
    public static TlsResult ValidationFailure { get; } = new("validation-failure");
    /// <summary>The TLSA record is invalid.</summary>
    public static TlsResult TlsaInvalid { get; } = new("tlsa-invalid");
    /// <summary>DNSSEC failed.</summary>
    public static TlsResult DnssecInvalid { get; } = new("dnssec-invalid");
    /// <summary>DANE was required and is not there.</summary>
    public static TlsResult DaneRequired { get; } = new("dane-required");
    /// <summary>The MTA-STS policy could not be fetched.</summary>
    public static TlsResult StsPolicyFetchError { get; } = new("sts-policy-fetch-error");
    /// <summary>The MTA-STS policy is invalid.</summary>
    public static TlsResult StsPolicyInvalid { get; } = new("sts-policy-invalid");
    /// <summary>The MTA-STS host has no valid certificate.</summary>
    public static TlsResult StsWebPkiInvalid { get; } = new("sts-webpki-invalid");
    /// <summary>A word that the server does not know.</summary>
    public static TlsResult Other { get; } = new("Other");

    /// <summary>The word.</summary>
    public string Name => _name ?? DefaultName;

    /// <summary>Reads the server's word or a person's, in any case; an unknown one is kept.</summary>
    public static TlsResult Parse(string text) => new(KnownValues.Normalize(text, ["starttls-not-supported", "certificate-host-mismatch", "certificate-expired", "certificate-not-trusted", "validation-failure", "tlsa-invalid", "dnssec-invalid", "dane-required", "sts-policy-fetch-error", "sts-policy-invalid", "sts-webpki-invalid", "Other"]));

    /// <inheritdoc/>
    public override string ToString() => Name;
}
