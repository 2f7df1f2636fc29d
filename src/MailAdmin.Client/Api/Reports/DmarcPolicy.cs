using MailAdmin.Client.Values;

namespace MailAdmin.Client;

/// <summary>What a domain asks for, or what was done, with mail that fails DMARC. A word of a later server is kept.</summary>
public readonly record struct DmarcPolicy
{
    private static readonly OpenWords<DmarcPolicy> s_words = new(word => new DmarcPolicy(word));
    private readonly string? _name;

    private DmarcPolicy(string name) => _name = name;

    /// <summary>Nothing.</summary>
    public static DmarcPolicy None { get; } = s_words.Add("None");
    /// <summary>Into the junk folder.</summary>
    public static DmarcPolicy Quarantine { get; } = s_words.Add("Quarantine");
    /// <summary>Refused.</summary>
    public static DmarcPolicy Reject { get; } = s_words.Add("Reject");
    /// <summary>Not specified.</summary>
    public static DmarcPolicy Unspecified { get; } = s_words.AddDefault("Unspecified");

    /// <summary>The word.</summary>
    public string Name => _name ?? s_words.DefaultWord;

    /// <summary>Reads the server's word or a person's, in any case; an unknown one is kept.</summary>
    public static DmarcPolicy Parse(string text) => s_words.Parse(text);

    /// <summary>The word: outputs hold it as text, so that every format and every comparison of PowerShell takes it.</summary>
    public static implicit operator string(DmarcPolicy word) => word.Name;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
