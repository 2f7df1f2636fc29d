// The kind of policy of a TLS report.
using MailAdmin.Client.Values;

namespace MailAdmin.Client;

/// <summary>Which policy a TLS report is about, by the words of RFC 8460. A word of a later server is kept.</summary>
public readonly record struct TlsPolicyType
{
    private const string DefaultName = "Other";

    // Null is the unstated one, so that the default value equals it.
    private readonly string? _name;

    private TlsPolicyType(string name) => _name = name == DefaultName ? null : name;

    /// <summary>DANE.</summary>
    public static TlsPolicyType Tlsa { get; } = new("tlsa");
    /// <summary>MTA-STS.</summary>
    public static TlsPolicyType Sts { get; } = new("sts");
    /// <summary>Neither.</summary>
    public static TlsPolicyType NoPolicyFound { get; } = new("no-policy-found");
    /// <summary>A word that the server does not know.</summary>
    public static TlsPolicyType Other { get; } = new("Other");

    /// <summary>The word.</summary>
    public string Name => _name ?? DefaultName;

    /// <summary>Reads the server's word or a person's, in any case; an unknown one is kept.</summary>
    public static TlsPolicyType Parse(string text) => new(KnownValues.Normalize(text, ["tlsa", "sts", "no-policy-found", "Other"]));

    /// <inheritdoc/>
    public override string ToString() => Name;
}
