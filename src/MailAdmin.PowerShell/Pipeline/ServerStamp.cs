using MailAdmin.Client;

namespace MailAdmin.PowerShell.Pipeline;

/// <summary>Notes on objects that are written which server they are of, also on those inside that are piped on alone.</summary>
internal static class ServerStamp
{
    /// <summary>The same object with its server; what is no object of this module, unchanged.</summary>
    public static object? Apply(object? value, string server) => value switch
    {
        MailQueueMessage message => message with { Server = server, Recipient = new ItemList<MailQueueRecipient>(message.Recipient.Select(recipient => recipient with { Server = server })) },
        MailSettingGroup group => group with { Server = server, Setting = [.. group.Setting.Select(setting => setting with { Server = server })] },
        // An array: PowerShell indexes no other list that a collection expression makes.
        MailAccountAuth auth => auth with { Server = server, AppPassword = auth.AppPassword.Select(name => name with { Server = server }).ToArray() },
        MailTrace { Event: { } traceEvent } trace => trace with { Server = server, Event = traceEvent with { Server = server } },
        MailDeliveryStage { Summary: { } summary } stage => stage with { Server = server, Summary = summary with { Server = server } },
        ServerObject other => other with { Server = server },
        _ => value,
    };
}
