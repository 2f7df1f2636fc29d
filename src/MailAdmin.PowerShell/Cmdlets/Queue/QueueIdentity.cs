using System.Globalization;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;

namespace MailAdmin.PowerShell.Cmdlets.Queue;

/// <summary>The identity of a queued message: its queue id, or a MailQueueMessage. Never a double: ids are larger than 2^53.</summary>
public sealed class QueueIdentity : ServerIdentity
{
    // Not public: PowerShell would make an identity of anything that converts to a number.
    internal QueueIdentity(ulong id, MailQueueMessage? message = null) => (Id, Message) = (id, message);

    /// <summary>The queue id.</summary>
    public ulong Id { get; }

    /// <summary>The message, if it was specified as one.</summary>
    public MailQueueMessage? Message { get; }

    /// <inheritdoc/>
    public override string ToString() => Id.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Makes identities from whole numbers, digits and queued messages.</summary>
internal sealed class QueueIdentityArgumentAttribute : IdentityArgumentAttribute<QueueIdentity>
{
    private protected override QueueIdentity? CreateIdentity(object value) => value switch
    {
        MailQueueMessage message => new QueueIdentity(message.Id, message),
        MailPrincipal principal => throw new ArgumentException(
            $"'{principal}' is a principal, not a message of the queue. To find mail from and to it, type Get-MailQueueMessage -Text {QuotedText.Quote(principal.PrimaryEmail ?? principal.Name)}."),
        string text => ulong.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out ulong id)
            ? FromNumber(id)
            : throw new ArgumentException($"'{text}' is not a valid queue id. A queue id looks like 342084653895266304."),
        double or float => throw new ArgumentException($"{InputText.Format(value)} is a floating-point number, in which a queue id loses its last digits. Keep ids as [ulong] or as text."),
        byte or short or ushort or int or uint or long or ulong or decimal => FromNumber(Convert.ToDecimal(value, CultureInfo.InvariantCulture)),
        _ => null,
    };

    // Queue ids contain the time and are far larger than 2^32. A smaller number is the Id of something else, such as an account, that was bound by property name.
    private static QueueIdentity FromNumber(decimal number) => number is > uint.MaxValue and <= ulong.MaxValue && number == decimal.Truncate(number)
        ? new QueueIdentity((ulong)number)
        : throw new ArgumentException(
            $"{InputText.Format(number)} is not a valid queue id. A queue id looks like 342084653895266304. "
            + "If it is the Id of an account: its mail in the queue is found by its address, such as Get-MailQueueMessage -Text jane@example.org.");
}
