// What became of a recipient. A word rather than an enum: a later server may add some.
using MailAdmin.Client.Values;

namespace MailAdmin.Client;

/// <summary>The state of a delivery (contract §6.3): <c>Scheduled</c>, <c>Completed</c>, <c>TemporaryFailure</c>, <c>PermanentFailure</c>, or a word of a later server.</summary>
public readonly record struct DeliveryStatus
{
    private const string ScheduledWord = "Scheduled";
    private const string CompletedWord = "Completed";
    private const string TemporaryFailureWord = "TemporaryFailure";
    private const string PermanentFailureWord = "PermanentFailure";

    // Null is Scheduled, so that the default value equals it.
    private readonly string? _name;

    private DeliveryStatus(string name) => _name = name == ScheduledWord ? null : name;

    /// <summary>Not tried yet, or to be tried again.</summary>
    public static DeliveryStatus Scheduled { get; } = new(ScheduledWord);
    /// <summary>Accepted by the receiving server.</summary>
    public static DeliveryStatus Completed { get; } = new(CompletedWord);
    /// <summary>Failed for now; it is tried again until it expires.</summary>
    public static DeliveryStatus TemporaryFailure { get; } = new(TemporaryFailureWord);
    /// <summary>Refused, cancelled or given up.</summary>
    public static DeliveryStatus PermanentFailure { get; } = new(PermanentFailureWord);

    /// <summary>The state as people write it.</summary>
    public string Name => _name ?? ScheduledWord;

    /// <summary>Whether the server will still try.</summary>
    public bool IsPending => this == Scheduled || this == TemporaryFailure;

    /// <summary>Reads the server's word; an unknown one is kept.</summary>
    public static DeliveryStatus FromWire(string word) => word switch
    {
        "scheduled" => Scheduled,
        "completed" => Completed,
        "temp_fail" => TemporaryFailure,
        "perm_fail" => PermanentFailure,
        _ => new DeliveryStatus(word),
    };

    /// <summary>Reads what a person wrote, in any case; an unknown word is kept.</summary>
    public static DeliveryStatus Parse(string text) => new(KnownValues.Normalize(text, [ScheduledWord, CompletedWord, TemporaryFailureWord, PermanentFailureWord]));

    /// <inheritdoc/>
    public override string ToString() => Name;
}
