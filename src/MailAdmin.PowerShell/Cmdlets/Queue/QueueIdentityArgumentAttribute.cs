// Makes identities of queue ids and queued messages, and of nothing else.
using System.Globalization;
using System.Management.Automation;
using MailAdmin.Client;

namespace MailAdmin.PowerShell.Cmdlets.Queue;

/// <summary>
/// Turns whole numbers, digits and MailQueueMessages into identities. Anything else is handed back unchanged: as a value it then fails to
/// bind, and binding by the property Id gets its turn.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class QueueIdentityArgumentAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? plain = Unwrap(inputData);
        return plain switch
        {
            object[] { Length: > 0 } several when several.All(item => IsIdentity(Unwrap(item))) => several.Select(item => ToIdentity(Unwrap(item)!)).ToArray(),
            not null when IsIdentity(plain) => new[] { ToIdentity(plain) },
            _ => inputData,
        };
    }

    private static bool IsIdentity(object? item) => item is MailQueueMessage or QueueIdentity or string || IsNumber(item);

    private static bool IsNumber(object? item) =>
        item is byte or short or ushort or int or uint or long or ulong or decimal or double or float;

    private static object? Unwrap(object? value) => value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;

    private static QueueIdentity ToIdentity(object value) => value switch
    {
        MailQueueMessage message => new QueueIdentity(message.Id, message),
        QueueIdentity identity => identity,
        string text => ulong.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out ulong id)
            ? FromNumber(id)
            : throw CreateException($"'{text}' is no queue id. One looks like 342084653895266304."),
        double or float => throw CreateException($"{value} is a floating-point number, and a queue id loses its last digits in one. Keep ids as [ulong] or as text."),
        decimal number when number != decimal.Truncate(number) => throw CreateException($"{number} is no queue id."),
        _ => FromNumber(Convert.ToDecimal(value, CultureInfo.InvariantCulture)),
    };

    // Queue ids hold the time and lie far beyond 2^32. What lies below is the Id of something else, such as an account's, bound by its name.
    private static QueueIdentity FromNumber(decimal number) => number is > uint.MaxValue and <= ulong.MaxValue
        ? new QueueIdentity((ulong)number)
        : throw CreateException($"{number} is no queue id. One looks like 342084653895266304.");

    private static ArgumentTransformationMetadataException CreateException(string message) => new(message);
}
