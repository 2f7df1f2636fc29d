namespace MailAdmin.Client;

/// <summary>One exchanger at one address, as a delivery test found it.</summary>
public sealed class MailDeliveryAttempt
{
    /// <summary>The exchanger.</summary>
    public required string Hostname { get; init; }
    /// <summary>The address; null where the attempt failed before one was tried.</summary>
    public string? RemoteIp { get; init; }
    /// <summary>Whether it would take the mail.</summary>
    public required bool Success { get; init; }
    /// <summary>The step that failed; Completed when none did.</summary>
    public string Step { get; init; } = DeliveryStep.Unknown;
    /// <summary>Why, in the server's words.</summary>
    public string? Reason { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Success ? $"{Place} takes the mail" : $"{Place} failed at {DeliveryStep.Describe(Step)}{(Reason is null ? "" : $" ({Reason})")}";

    private string Place => RemoteIp is null ? Hostname : $"{Hostname} [{RemoteIp}]";
}
