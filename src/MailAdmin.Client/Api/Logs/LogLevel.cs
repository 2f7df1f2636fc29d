using MailAdmin.Client.Values;

namespace MailAdmin.Client;

/// <summary>The level of a log entry, in rising order: <c>Trace</c>, <c>Debug</c>, <c>Info</c>, <c>Warn</c>, <c>Error</c>; a word of a later server ranks above them all, so that no filter hides it.</summary>
public readonly record struct LogLevel : IComparable<LogLevel>, IComparable
{
    private static readonly OpenWords<LogLevel> s_words = new(word => new LogLevel(word));
    private readonly string? _name;

    private LogLevel(string name) => _name = name;

    /// <summary>Every step of the server's work.</summary>
    public static LogLevel Trace { get; } = s_words.Add("Trace");
    /// <summary>Details for finding a cause.</summary>
    public static LogLevel Debug { get; } = s_words.Add("Debug");
    /// <summary>What happens in regular operation.</summary>
    public static LogLevel Info { get; } = s_words.AddDefault("Info");
    /// <summary>What may need attention.</summary>
    public static LogLevel Warn { get; } = s_words.Add("Warn");
    /// <summary>Failures.</summary>
    public static LogLevel Error { get; } = s_words.Add("Error");

    /// <summary>The known levels, rising.</summary>
    public static IReadOnlyList<LogLevel> Known => s_words.Known;

    /// <summary>The word.</summary>
    public string Name => _name ?? s_words.DefaultWord;

    /// <summary>Whether the word is one of those known.</summary>
    public bool IsKnown => s_words.IndexOf(Name) >= 0;

    private int Rank => s_words.IndexOf(Name) is >= 0 and int rank ? rank : int.MaxValue;

    /// <summary>Reads the server's word or a person's, in any case, and PowerShell's own word <c>Warning</c>; an unknown one is kept.</summary>
    public static LogLevel Parse(string text) => "Warning".Equals(text?.Trim(), StringComparison.OrdinalIgnoreCase) ? Warn : s_words.Parse(text!);

    /// <inheritdoc/>
    public int CompareTo(LogLevel other) => Rank.CompareTo(other.Rank);

    /// <inheritdoc/>
    public int CompareTo(object? obj) => obj is LogLevel other ? CompareTo(other) : throw new ArgumentException("A level compares with levels.", nameof(obj));

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>Whether <paramref name="left"/> is less severe.</summary>
    public static bool operator <(LogLevel left, LogLevel right) => left.CompareTo(right) < 0;
    /// <summary>Whether <paramref name="left"/> is less severe or alike.</summary>
    public static bool operator <=(LogLevel left, LogLevel right) => left.CompareTo(right) <= 0;
    /// <summary>Whether <paramref name="left"/> is more severe.</summary>
    public static bool operator >(LogLevel left, LogLevel right) => left.CompareTo(right) > 0;
    /// <summary>Whether <paramref name="left"/> is more severe or alike.</summary>
    public static bool operator >=(LogLevel left, LogLevel right) => left.CompareTo(right) >= 0;
}
