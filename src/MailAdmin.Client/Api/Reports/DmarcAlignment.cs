using MailAdmin.Client.Values;

namespace MailAdmin.Client;

/// <summary>How closely the domains must agree. A word of a later server is kept.</summary>
public readonly record struct DmarcAlignment
{
    private static readonly OpenWords<DmarcAlignment> s_words = new(word => new DmarcAlignment(word));
    private readonly string? _name;

    private DmarcAlignment(string name) => _name = name;

    /// <summary>The same organisational domain.</summary>
    public static DmarcAlignment Relaxed { get; } = s_words.Add("Relaxed");
    /// <summary>The same domain.</summary>
    public static DmarcAlignment Strict { get; } = s_words.Add("Strict");
    /// <summary>Not specified.</summary>
    public static DmarcAlignment Unspecified { get; } = s_words.AddDefault("Unspecified");

    /// <summary>The word.</summary>
    public string Name => _name ?? s_words.DefaultWord;

    /// <summary>Reads the server's word or a person's, in any case; an unknown one is kept.</summary>
    public static DmarcAlignment Parse(string text) => s_words.Parse(text);

    /// <summary>The word: outputs hold it as text, so that every format and every comparison of PowerShell takes it.</summary>
    public static implicit operator string(DmarcAlignment word) => word.Name;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
