using MailAdmin.Client.Values;

namespace MailAdmin.Client;

/// <summary>What a metric counts: <c>Counter</c>, <c>Gauge</c>, <c>Histogram</c>, or a word of a later server.</summary>
public readonly record struct MetricKind
{
    private static readonly OpenWords<MetricKind> s_words = new(word => new MetricKind(word));
    private readonly string? _name;

    private MetricKind(string name) => _name = name;

    /// <summary>How often an event happened.</summary>
    public static MetricKind Counter { get; } = s_words.AddDefault("Counter");
    /// <summary>How much there is now.</summary>
    public static MetricKind Gauge { get; } = s_words.Add("Gauge");
    /// <summary>A number of measurements and their sum.</summary>
    public static MetricKind Histogram { get; } = s_words.Add("Histogram");

    /// <summary>The word.</summary>
    public string Name => _name ?? s_words.DefaultWord;

    /// <summary>Reads the server's word or a person's, in any case; an unknown one is kept.</summary>
    public static MetricKind Parse(string text) => s_words.Parse(text);

    /// <summary>The word: outputs hold it as text, so that every format and every comparison of PowerShell takes it.</summary>
    public static implicit operator string(MetricKind word) => word.Name;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
