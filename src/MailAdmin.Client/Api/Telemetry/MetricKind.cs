using MailAdmin.Client.Values;

namespace MailAdmin.Client;

/// <summary>What a metric counts: <c>Counter</c>, <c>Gauge</c>, <c>Histogram</c>, or a word of a later server.</summary>
public readonly record struct MetricKind
{
    private const string CounterWord = "Counter";

    // Null is Counter, so that the default value equals it.
    private readonly string? _name;

    private MetricKind(string name) => _name = name == CounterWord ? null : name;

    /// <summary>How often an event happened.</summary>
    public static MetricKind Counter { get; } = new(CounterWord);
    /// <summary>How much there is now.</summary>
    public static MetricKind Gauge { get; } = new("Gauge");
    /// <summary>A number of measurements and their sum.</summary>
    public static MetricKind Histogram { get; } = new("Histogram");

    /// <summary>The word.</summary>
    public string Name => _name ?? CounterWord;

    /// <summary>Reads the server's word or a person's, in any case; an unknown one is kept.</summary>
    public static MetricKind Parse(string text) => new(KnownValues.Normalize(text, [CounterWord, "Gauge", "Histogram"]));

    /// <inheritdoc/>
    public override string ToString() => Name;
}
