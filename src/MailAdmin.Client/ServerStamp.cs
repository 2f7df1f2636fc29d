namespace MailAdmin.Client;

/// <summary>Notes on objects which server they are of, also on those inside that are piped on alone.</summary>
public static class ServerStamp
{
    /// <summary>The object of that server: itself, or a copy where it is known to be of another one.</summary>
    public static T Apply<T>(T value, string server)
        where T : ServerObject
    {
        ArgumentNullException.ThrowIfNull(value);
        foreach (ServerObject inner in FindInner(value).Where(inner => inner.Server is null))
        {
            inner.Server = server;
        }
        return (T)value.WithServer(server);
    }

    private static IEnumerable<ServerObject> FindInner(ServerObject value) => value switch
    {
        MailQueueMessage message => message.Recipient,
        MailSettingGroup group => group.Setting,
        MailAccountAuth auth => auth.AppPassword,
        MailTrace { Event: { } traceEvent } => [traceEvent],
        MailDeliveryStage { Summary: { } summary } => [summary],
        _ => [],
    };
}
