using MailAdmin.Client.Values;

namespace MailAdmin.Client;

/// <summary>The state of a delivery (docs/api.md §6.3): <c>Scheduled</c>, <c>Completed</c>, <c>TemporaryFailure</c>, <c>PermanentFailure</c>, or a word of a later server.</summary>
public readonly record struct DeliveryStatus
{
    private static readonly OpenWords<DeliveryStatus> s_words = new(word => new DeliveryStatus(word));
    private readonly string? _name;

    private DeliveryStatus(string name) => _name = name;

    /// <summary>Not tried yet, or to be tried again.</summary>
    public static DeliveryStatus Scheduled { get; } = s_words.AddDefault("Scheduled");
    /// <summary>Accepted by the receiving server.</summary>
    public static DeliveryStatus Completed { get; } = s_words.Add("Completed");
    /// <summary>Failed for now; it is tried again until it expires.</summary>
    public static DeliveryStatus TemporaryFailure { get; } = s_words.Add("TemporaryFailure");
    /// <summary>Refused, cancelled or given up.</summary>
    public static DeliveryStatus PermanentFailure { get; } = s_words.Add("PermanentFailure");

    /// <summary>The state as people write it.</summary>
    public string Name => _name ?? s_words.DefaultWord;

    /// <summary>Whether the server will still try.</summary>
    public bool IsPending => this == Scheduled || this == TemporaryFailure;

    /// <summary>Reads the server's word; an unknown one is kept.</summary>
    public static DeliveryStatus FromWire(string word) => word switch
    {
        "scheduled" => Scheduled,
        "completed" => Completed,
        "temp_fail" => TemporaryFailure,
        "perm_fail" => PermanentFailure,
        _ => Parse(word),
    };

    /// <summary>Reads what a person wrote, in any case; an unknown word is kept.</summary>
    public static DeliveryStatus Parse(string text) => s_words.Parse(text);

    /// <summary>The word: outputs hold it as text, so that every format and every comparison of PowerShell takes it.</summary>
    public static implicit operator string(DeliveryStatus word) => word.Name;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
