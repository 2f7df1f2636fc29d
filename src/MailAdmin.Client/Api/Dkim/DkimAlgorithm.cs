// How a DKIM signature is made. A word rather than an enum: a later server may add algorithms.
namespace MailAdmin.Client;

/// <summary>The kind of a DKIM key, by the word that DNS records use for it (<c>rsa</c>, <c>ed25519</c>).</summary>
public readonly struct DkimAlgorithm : IEquatable<DkimAlgorithm>
{
    private readonly string? _word;

    private DkimAlgorithm(string word) => _word = word;

    /// <summary>RSA with 2048 bits: every receiver verifies it.</summary>
    public static DkimAlgorithm Rsa { get; } = new("rsa");
    /// <summary>Ed25519: short records; some receivers do not know it yet.</summary>
    public static DkimAlgorithm Ed25519 { get; } = new("ed25519");

    /// <summary>The word of DNS records, such as <c>ed25519</c>.</summary>
    public string Word => _word ?? "rsa";

    /// <summary>The word of POST /dkim and of people, such as <c>Ed25519</c>.</summary>
    public string Name => Word is [var first, .. var rest] ? char.ToUpperInvariant(first) + rest : Word;

    /// <summary>Reads a word such as <c>Rsa</c>, or a setting such as <c>rsa-sha256</c>; an unknown word is kept.</summary>
    public static DkimAlgorithm Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new DkimAlgorithm(text.Split('-')[0].ToLowerInvariant());
    }

    /// <inheritdoc/>
    public bool Equals(DkimAlgorithm other) => string.Equals(Word, other.Word, StringComparison.Ordinal);
    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is DkimAlgorithm other && Equals(other);
    /// <inheritdoc/>
    public override int GetHashCode() => Word.GetHashCode(StringComparison.Ordinal);
    /// <inheritdoc/>
    public override string ToString() => Name;
    /// <summary>Whether both are the same kind.</summary>
    public static bool operator ==(DkimAlgorithm left, DkimAlgorithm right) => left.Equals(right);
    /// <summary>Whether they are different kinds.</summary>
    public static bool operator !=(DkimAlgorithm left, DkimAlgorithm right) => !left.Equals(right);
}
