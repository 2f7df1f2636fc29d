// How important a log entry is. A word rather than an enum: a later server may add some.
using MailAdmin.Client.Values;

namespace MailAdmin.Client;

/// <summary>The level of a log entry, in rising order: <c>Trace</c>, <c>Debug</c>, <c>Info</c>, <c>Warn</c>, <c>Error</c>; a word of a later server ranks above them all, so that no filter hides it.</summary>
public readonly record struct LogLevel : IComparable<LogLevel>, IComparable
{
    private const string DefaultName = "Info";
    private static readonly string[] s_names = ["Trace", "Debug", DefaultName, "Warn", "Error"];

    // Null is Info, so that the default value equals it.
    private readonly string? _name;

    private LogLevel(string name) => _name = name == DefaultName ? null : name;

    /// <summary>The known levels, rising.</summary>
    public static IReadOnlyList<LogLevel> Known { get; } = [.. s_names.Select(word => new LogLevel(word))];

    /// <summary>Failures.</summary>
    public static LogLevel Error { get; } = new("Error");

    /// <summary>The word.</summary>
    public string Name => _name ?? DefaultName;

    /// <summary>Whether the word is one of those known.</summary>
    public bool IsKnown => Array.IndexOf(s_names, Name) >= 0;

    private int Rank => Array.IndexOf(s_names, Name) is >= 0 and int rank ? rank : s_names.Length;

    /// <summary>Reads the server's word or a person's, in any case; an unknown one is kept.</summary>
    public static LogLevel Parse(string text)
    {
        string word = KnownValues.Normalize(text, s_names);
        // PowerShell's own word for it.
        return new LogLevel(word.Equals("Warning", StringComparison.OrdinalIgnoreCase) ? "Warn" : word);
    }

    /// <inheritdoc/>
    public int CompareTo(LogLevel other) => Rank.CompareTo(other.Rank);

    /// <inheritdoc/>
    public int CompareTo(object? obj) => obj is LogLevel other ? CompareTo(other) : throw new ArgumentException("A level compares with levels.", nameof(obj));

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>Whether <paramref name="left"/> is less important.</summary>
    public static bool operator <(LogLevel left, LogLevel right) => left.CompareTo(right) < 0;
    /// <summary>Whether <paramref name="left"/> is less important or alike.</summary>
    public static bool operator <=(LogLevel left, LogLevel right) => left.CompareTo(right) <= 0;
    /// <summary>Whether <paramref name="left"/> is more important.</summary>
    public static bool operator >(LogLevel left, LogLevel right) => left.CompareTo(right) > 0;
    /// <summary>Whether <paramref name="left"/> is more important or alike.</summary>
    public static bool operator >=(LogLevel left, LogLevel right) => left.CompareTo(right) >= 0;
}
