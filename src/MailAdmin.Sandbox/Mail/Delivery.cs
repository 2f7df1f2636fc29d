using System.Text;
using MailAdmin.Sandbox.Directory;
using MailAdmin.Sandbox.Queue;
using MailAdmin.Sandbox.Reports;
using MailAdmin.Sandbox.Settings;

namespace MailAdmin.Sandbox.Mail;

/// <summary>Takes messages in as by SMTP: strangers may write to local addresses only, users may write to anyone, from their own addresses.</summary>
internal sealed class Delivery(
    PrincipalStore store, Mailboxes mailboxes, MessageQueue queue, ReportDesk reports, RunningConfiguration configuration, TimeProvider clock)
{
    /// <summary>Puts a message into the queue, reads the report in it, and notes what has to be reported about it.</summary>
    /// <returns>Why it was refused, or null.</returns>
    public string? Accept(string? authenticatedAs, string mailFrom, IReadOnlyList<string> recipients, ReadOnlySpan<byte> message)
    {
        if (Refuse(authenticatedAs, mailFrom, recipients) is { } refusal)
            return refusal;
        var content = SmtpContent.Normalize(message);
        queue.CatchUp();
        if (!reports.Receive(authenticatedAs is not null, mailFrom, recipients, content))
            queue.Add(mailFrom, recipients, Sign(mailFrom, content));
        return null;
    }

    /// <summary>Mail from a domain of the server's own gets the signatures that the running configuration has for it.</summary>
    private byte[] Sign(string mailFrom, byte[] content)
    {
        var domain = mailFrom[(mailFrom.LastIndexOf('@') + 1)..].ToLowerInvariant();
        if (!mailboxes.IsLocalDomain(domain))
            return content;
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        return [.. Encoding.Latin1.GetBytes(string.Concat(configuration.SignersFor(domain).Select(signer => signer.Sign(content, now)))), .. content];
    }

    private string? Refuse(string? authenticatedAs, string mailFrom, IReadOnlyList<string> recipients)
    {
        if (authenticatedAs is not null && store.Find(authenticatedAs)?.Emails?.Contains(mailFrom.ToLowerInvariant()) != true)
            return "501 the sender is not an address of the account";
        foreach (var recipient in recipients)
        {
            if (authenticatedAs is null && !IsLocal(recipient))
                return "550 relay not allowed";
            if (IsInLocalDomain(recipient) && store.FindByAddress(recipient.ToLowerInvariant()) is null)
                return "550 mailbox does not exist";
        }

        return null;
    }

    private bool IsLocal(string address) => IsInLocalDomain(address) || store.FindByAddress(address.ToLowerInvariant()) is not null;

    private bool IsInLocalDomain(string address) => mailboxes.IsLocalDomain(address[(address.LastIndexOf('@') + 1)..].ToLowerInvariant());
}
