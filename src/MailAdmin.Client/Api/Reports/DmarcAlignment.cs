// The alignment mode of DKIM or SPF in a DMARC policy.
using MailAdmin.Client.Values;

namespace MailAdmin.Client;

/// <summary>How closely the domains must agree. A word of a later server is kept.</summary>
public readonly record struct DmarcAlignment
{
    private const string DefaultName = "Unspecified";

    // Null is the unstated one, so that the default value equals it.
    private readonly string? _name;

    private DmarcAlignment(string name) => _name = name == DefaultName ? null : name;

    /// <summary>The same organisational domain.</summary>
    public static DmarcAlignment Relaxed { get; } = new("Relaxed");
    /// <summary>The same domain.</summary>
    public static DmarcAlignment Strict { get; } = new("Strict");
    /// <summary>Not said.</summary>
    public static DmarcAlignment Unspecified { get; } = new("Unspecified");

    /// <summary>The word.</summary>
    public string Name => _name ?? DefaultName;

    /// <summary>Reads the server's word or a person's, in any case; an unknown one is kept.</summary>
    public static DmarcAlignment Parse(string text) => new(KnownValues.Normalize(text, ["Relaxed", "Strict", "Unspecified"]));

    /// <inheritdoc/>
    public override string ToString() => Name;
}
