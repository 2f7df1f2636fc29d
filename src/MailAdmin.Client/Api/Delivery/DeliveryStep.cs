// What a delivery is made of.
using MailAdmin.Client.Values;

namespace MailAdmin.Client;

/// <summary>A step of a delivery, by the server's word without its ending: <c>mxLookupStart</c> and <c>mxLookupError</c> are of the step MxLookup. A step of a later server is kept.</summary>
public readonly record struct DeliveryStep
{
    private const string DefaultName = "Unknown";

    // Null is the unstated one, so that the default value equals it.
    private readonly string? _name;

    private DeliveryStep(string name) => _name = name == DefaultName ? null : name;

    /// <summary>Looking up the mail exchangers of the domain.</summary>
    public static DeliveryStep MxLookup { get; } = new("MxLookup");
    /// <summary>Fetching the domain's MTA-STS policy.</summary>
    public static DeliveryStep MtaStsFetch { get; } = new("MtaStsFetch");
    /// <summary>Looking up where the domain wants TLS reports.</summary>
    public static DeliveryStep TlsRptLookup { get; } = new("TlsRptLookup");
    /// <summary>The attempt with one mail exchanger.</summary>
    public static DeliveryStep DeliveryAttempt { get; } = new("DeliveryAttempt");
    /// <summary>Checking the exchanger against the MTA-STS policy.</summary>
    public static DeliveryStep MtaStsVerify { get; } = new("MtaStsVerify");
    /// <summary>Looking up the exchanger's TLSA records (DANE).</summary>
    public static DeliveryStep TlsaLookup { get; } = new("TlsaLookup");
    /// <summary>Looking up the exchanger's addresses.</summary>
    public static DeliveryStep IpLookup { get; } = new("IpLookup");
    /// <summary>Connecting to port 25.</summary>
    public static DeliveryStep Connection { get; } = new("Connection");
    /// <summary>Waiting for the greeting.</summary>
    public static DeliveryStep ReadGreeting { get; } = new("ReadGreeting");
    /// <summary>EHLO, before and after TLS.</summary>
    public static DeliveryStep Ehlo { get; } = new("Ehlo");
    /// <summary>STARTTLS and the certificate.</summary>
    public static DeliveryStep StartTls { get; } = new("StartTls");
    /// <summary>Checking the certificate against the TLSA records.</summary>
    public static DeliveryStep DaneVerify { get; } = new("DaneVerify");
    /// <summary>MAIL FROM.</summary>
    public static DeliveryStep MailFrom { get; } = new("MailFrom");
    /// <summary>RCPT TO.</summary>
    public static DeliveryStep RcptTo { get; } = new("RcptTo");
    /// <summary>QUIT, after a refusal too.</summary>
    public static DeliveryStep Quit { get; } = new("Quit");
    /// <summary>The end of the test.</summary>
    public static DeliveryStep Completed { get; } = new("Completed");

    /// <summary>The word.</summary>
    public string Name => _name ?? DefaultName;

    /// <summary>Reads a word, in any case; an unknown one is kept.</summary>
    public static DeliveryStep Parse(string text) => new(KnownValues.Normalize(text, [
        "MxLookup", "MtaStsFetch", "TlsRptLookup", "DeliveryAttempt", "MtaStsVerify", "TlsaLookup", "IpLookup", "Connection",
        "ReadGreeting", "Ehlo", "StartTls", "DaneVerify", "MailFrom", "RcptTo", "Quit", "Completed",
    ]));

    /// <summary>The step in the words of the protocol, for a sentence.</summary>
    internal string DisplayText => Name switch
    {
        "MxLookup" => "the MX look-up",
        "MtaStsFetch" => "fetching the MTA-STS policy",
        "TlsRptLookup" => "the TLS-RPT look-up",
        "MtaStsVerify" => "the MTA-STS policy",
        "TlsaLookup" => "the TLSA look-up",
        "IpLookup" => "the address look-up",
        "Connection" => "connecting",
        "ReadGreeting" => "the greeting",
        "Ehlo" => "EHLO",
        "StartTls" => "STARTTLS",
        "DaneVerify" => "DANE",
        "MailFrom" => "MAIL FROM",
        "RcptTo" => "RCPT TO",
        "Quit" => "QUIT",
        var other => other,
    };

    /// <inheritdoc/>
    public override string ToString() => Name;
}
