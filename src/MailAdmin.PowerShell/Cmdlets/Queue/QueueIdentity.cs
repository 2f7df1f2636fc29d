// What names a queued message: its id, or the message itself. Never a double: ids lie beyond 2^53.
using MailAdmin.Client;

namespace MailAdmin.PowerShell.Cmdlets.Queue;

/// <summary>The identity of a queued message: its queue id, or a MailQueueMessage.</summary>
public sealed class QueueIdentity
{
    // Not public: PowerShell would make an identity of anything that converts to a number.
    internal QueueIdentity(ulong id, MailQueueMessage? message = null) => (Id, Message) = (id, message);

    /// <summary>The queue id.</summary>
    public ulong Id { get; }

    /// <summary>The message, where it was given as one.</summary>
    public MailQueueMessage? Message { get; }

    /// <inheritdoc/>
    public override string ToString() => Id.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
