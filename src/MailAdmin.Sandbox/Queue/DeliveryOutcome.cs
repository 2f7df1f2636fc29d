using System.Globalization;

namespace MailAdmin.Sandbox.Queue;

/// <summary>The delivery status of a domain or a recipient: in one text, as servers up to 0.15 show it, and in its parts.</summary>
internal sealed record DeliveryOutcome(OutcomeKind Kind, string Text = "")
{
    public static DeliveryOutcome Scheduled { get; } = new(OutcomeKind.Scheduled);

    /// <summary>A completed domain carries no text.</summary>
    public static DeliveryOutcome Completed { get; } = new(OutcomeKind.Completed);

    /// <summary>The host, or the domain where no host was found.</summary>
    public string Host { get; init; } = "";

    public DeliveryFault Fault { get; init; }

    /// <summary>What went wrong, where it was no answer of a host.</summary>
    public string? Reason { get; init; }

    /// <summary>What a host refused.</summary>
    public string? Command { get; init; }

    /// <summary>What a host answered.</summary>
    public SmtpReply? Reply { get; init; }

    public bool IsPending => Kind is OutcomeKind.Scheduled or OutcomeKind.TemporaryFailure;

    /// <summary>A host's reply to a recipient; the first digit of the code decides.</summary>
    public static DeliveryOutcome FromReply(int code, string enhancedCode, string message) => new(
        (code / 100) switch
        {
            2 => OutcomeKind.Completed,
            4 => OutcomeKind.TemporaryFailure,
            _ => OutcomeKind.PermanentFailure,
        },
        string.Create(CultureInfo.InvariantCulture, $"Code: {code}, Enhanced code: {enhancedCode}, Message: {message}"))
    {
        Reply = new SmtpReply(code, enhancedCode, message),
    };

    public static DeliveryOutcome TemporaryFailure(string text) => new(OutcomeKind.TemporaryFailure, text);

    public static DeliveryOutcome PermanentFailure(string text) => new(OutcomeKind.PermanentFailure, text);

    /// <summary>The outcome when the message expires.</summary>
    public DeliveryOutcome ToPermanent() => Kind == OutcomeKind.TemporaryFailure ? this with { Kind = OutcomeKind.PermanentFailure } : this;
}
