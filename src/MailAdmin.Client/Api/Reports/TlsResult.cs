using MailAdmin.Client.Values;

namespace MailAdmin.Client;

/// <summary>Why TLS sessions failed, by the words of RFC 8460. A word of a later server is kept.</summary>
public readonly record struct TlsResult
{
    private static readonly OpenWords<TlsResult> s_words = new(word => new TlsResult(word));
    private readonly string? _name;

    private TlsResult(string name) => _name = name;

    /// <summary>No STARTTLS was offered.</summary>
    public static TlsResult StartTlsNotSupported { get; } = s_words.Add("starttls-not-supported");
    /// <summary>The certificate is for another host.</summary>
    public static TlsResult CertificateHostMismatch { get; } = s_words.Add("certificate-host-mismatch");
    /// <summary>The certificate has expired.</summary>
    public static TlsResult CertificateExpired { get; } = s_words.Add("certificate-expired");
    /// <summary>The certificate is not trusted.</summary>
    public static TlsResult CertificateNotTrusted { get; } = s_words.Add("certificate-not-trusted");
    /// <summary>Validation failed otherwise.</summary>
    public static TlsResult ValidationFailure { get; } = s_words.Add("validation-failure");
    /// <summary>The TLSA record is invalid.</summary>
    public static TlsResult TlsaInvalid { get; } = s_words.Add("tlsa-invalid");
    /// <summary>DNSSEC failed.</summary>
    public static TlsResult DnssecInvalid { get; } = s_words.Add("dnssec-invalid");
    /// <summary>DANE was required and is not there.</summary>
    public static TlsResult DaneRequired { get; } = s_words.Add("dane-required");
    /// <summary>The MTA-STS policy could not be fetched.</summary>
    public static TlsResult StsPolicyFetchError { get; } = s_words.Add("sts-policy-fetch-error");
    /// <summary>The MTA-STS policy is invalid.</summary>
    public static TlsResult StsPolicyInvalid { get; } = s_words.Add("sts-policy-invalid");
    /// <summary>The MTA-STS host has no valid certificate.</summary>
    public static TlsResult StsWebPkiInvalid { get; } = s_words.Add("sts-webpki-invalid");
    /// <summary>A word that the server does not know.</summary>
    public static TlsResult Other { get; } = s_words.AddDefault("Other");

    /// <summary>The word.</summary>
    public string Name => _name ?? s_words.DefaultWord;

    /// <summary>Reads the server's word or a person's, in any case; an unknown one is kept.</summary>
    public static TlsResult Parse(string text) => s_words.Parse(text);

    /// <summary>Reads the word of a server from 0.16 on, which has capitals in place of hyphens; an unknown one is kept.</summary>
    internal static TlsResult ParseJoined(string word) =>
        s_words.Known.Where(known => known.Name.Replace("-", "", StringComparison.Ordinal).Equals(word, StringComparison.OrdinalIgnoreCase)).Cast<TlsResult?>().FirstOrDefault() ?? Parse(word);

    /// <summary>The word: outputs hold it as text, so that every format and every comparison of PowerShell takes it.</summary>
    public static implicit operator string(TlsResult word) => word.Name;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
