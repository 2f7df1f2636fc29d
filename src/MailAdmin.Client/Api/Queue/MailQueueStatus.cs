namespace MailAdmin.Client;

/// <summary>Whether the queue delivers (GET /queue/status).</summary>
public sealed class MailQueueStatus : ServerObject
{
    /// <summary>True while the queue delivers, false while it is suspended; mail is accepted all the same.</summary>
    public required bool Running { get; init; }

    /// <summary>The same as a word: <c>Running</c> or <c>Suspended</c>.</summary>
    public string State => Running ? "Running" : "Suspended";

    /// <inheritdoc/>
    public override string ToString() => State;
}
