using MailAdmin.Client.Values;

namespace MailAdmin.Client;

/// <summary>Where a signature stands in the change of keys, on a server from 0.16 on. A word of a later server is kept.</summary>
public readonly record struct DkimStage
{
    private static readonly OpenWords<DkimStage> s_words = new(word => new DkimStage(word));
    private readonly string? _name;

    private DkimStage(string name) => _name = name;

    /// <summary>The server signs with it.</summary>
    public static DkimStage Active { get; } = s_words.AddDefault("Active");
    /// <summary>Its record can be published; the server does not sign with it yet.</summary>
    public static DkimStage Pending { get; } = s_words.Add("Pending");
    /// <summary>The server signs with another; its record stays for mail that is under way.</summary>
    public static DkimStage Retiring { get; } = s_words.Add("Retiring");
    /// <summary>Nothing is signed with it any more.</summary>
    public static DkimStage Retired { get; } = s_words.Add("Retired");

    /// <summary>The word.</summary>
    public string Name => _name ?? s_words.DefaultWord;

    /// <summary>The server's word, such as <c>pending</c>.</summary>
    internal string Word => char.ToLowerInvariant(Name[0]) + Name[1..];

    /// <summary>Reads the server's word or a person's, in any case; an unknown one is kept.</summary>
    public static DkimStage Parse(string text) => s_words.Parse(text);

    /// <summary>The word: outputs hold it as text, so that every format and every comparison of PowerShell takes it.</summary>
    public static implicit operator string(DkimStage word) => word.Name;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
