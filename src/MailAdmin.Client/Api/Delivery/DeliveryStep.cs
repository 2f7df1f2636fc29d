using MailAdmin.Client.Values;

namespace MailAdmin.Client;

/// <summary>A step of a delivery, by the server's word without its ending: <c>mxLookupStart</c> and <c>mxLookupError</c> are of the step MxLookup. A step of a later server is kept.</summary>
public readonly record struct DeliveryStep
{
    private static readonly OpenWords<DeliveryStep> s_words = new(word => new DeliveryStep(word));
    private readonly string? _name;

    private DeliveryStep(string name) => _name = name;

    /// <summary>Looking up the mail exchangers of the domain.</summary>
    public static DeliveryStep MxLookup { get; } = s_words.Add("MxLookup");
    /// <summary>Fetching the domain's MTA-STS policy.</summary>
    public static DeliveryStep MtaStsFetch { get; } = s_words.Add("MtaStsFetch");
    /// <summary>Looking up where the domain wants TLS reports.</summary>
    public static DeliveryStep TlsRptLookup { get; } = s_words.Add("TlsRptLookup");
    /// <summary>The attempt with one mail exchanger.</summary>
    public static DeliveryStep DeliveryAttempt { get; } = s_words.Add("DeliveryAttempt");
    /// <summary>Checking the exchanger against the MTA-STS policy.</summary>
    public static DeliveryStep MtaStsVerify { get; } = s_words.Add("MtaStsVerify");
    /// <summary>Looking up the exchanger's TLSA records (DANE).</summary>
    public static DeliveryStep TlsaLookup { get; } = s_words.Add("TlsaLookup");
    /// <summary>Looking up the exchanger's addresses.</summary>
    public static DeliveryStep IpLookup { get; } = s_words.Add("IpLookup");
    /// <summary>Connecting to port 25.</summary>
    public static DeliveryStep Connection { get; } = s_words.Add("Connection");
    /// <summary>Waiting for the greeting.</summary>
    public static DeliveryStep ReadGreeting { get; } = s_words.Add("ReadGreeting");
    /// <summary>EHLO, before and after TLS.</summary>
    public static DeliveryStep Ehlo { get; } = s_words.Add("Ehlo");
    /// <summary>STARTTLS and the certificate.</summary>
    public static DeliveryStep StartTls { get; } = s_words.Add("StartTls");
    /// <summary>Checking the certificate against the TLSA records.</summary>
    public static DeliveryStep DaneVerify { get; } = s_words.Add("DaneVerify");
    /// <summary>MAIL FROM.</summary>
    public static DeliveryStep MailFrom { get; } = s_words.Add("MailFrom");
    /// <summary>RCPT TO.</summary>
    public static DeliveryStep RcptTo { get; } = s_words.Add("RcptTo");
    /// <summary>QUIT, after a refusal too.</summary>
    public static DeliveryStep Quit { get; } = s_words.Add("Quit");
    /// <summary>The end of the test.</summary>
    public static DeliveryStep Completed { get; } = s_words.Add("Completed");
    /// <summary>Not specified.</summary>
    public static DeliveryStep Unknown { get; } = s_words.AddDefault("Unknown");

    /// <summary>The word.</summary>
    public string Name => _name ?? s_words.DefaultWord;

    /// <summary>Reads a word, in any case; an unknown one is kept.</summary>
    public static DeliveryStep Parse(string text) => s_words.Parse(text);

    /// <summary>The step in the words of the protocol, for a sentence.</summary>
    internal static string Describe(string step) => step switch
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

    /// <summary>The word: outputs hold it as text, so that every format and every comparison of PowerShell takes it.</summary>
    public static implicit operator string(DeliveryStep word) => word.Name;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
