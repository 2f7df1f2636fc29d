// A DMARC policy, or the disposition of a message.
using MailAdmin.Client.Values;

namespace MailAdmin.Client;

/// <summary>What a domain asks for, or what was done, with mail that fails DMARC. A word of a later server is kept.</summary>
public readonly record struct DmarcPolicy
{
    private const string DefaultName = "Unspecified";

    // Null is the unstated one, so that the default value equals it.
    private readonly string? _name;

    private DmarcPolicy(string name) => _name = name == DefaultName ? null : name;

    /// <summary>Nothing.</summary>
    public static DmarcPolicy None { get; } = new("None");
    /// <summary>Into the junk folder.</summary>
    public static DmarcPolicy Quarantine { get; } = new("Quarantine");
    /// <summary>Refused.</summary>
    public static DmarcPolicy Reject { get; } = new("Reject");
    /// <summary>Not said.</summary>
    public static DmarcPolicy Unspecified { get; } = new("Unspecified");

    /// <summary>The word.</summary>
    public string Name => _name ?? DefaultName;

    /// <summary>Reads the server's word or a person's, in any case; an unknown one is kept.</summary>
    public static DmarcPolicy Parse(string text) => new(KnownValues.Normalize(text, ["None", "Quarantine", "Reject", "Unspecified"]));

    /// <inheritdoc/>
    public override string ToString() => Name;
}
