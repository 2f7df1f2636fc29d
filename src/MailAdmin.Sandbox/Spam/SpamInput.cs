using System.Net;
using MimeKit;

namespace MailAdmin.Sandbox.Spam;

/// <summary>A message with its envelope, as the filter reads it. Addresses and host names are in lower case.</summary>
internal sealed record SpamInput(
    MimeMessage Message,
    IPAddress RemoteAddress,
    string EhloDomain,
    string? AuthenticatedAs,
    bool IsTls,
    string EnvelopeFrom,
    IReadOnlyList<string> EnvelopeRecipients)
{
    /// <summary>The author, or null where there is none.</summary>
    public MailboxAddress? Author => Message.From.Mailboxes.FirstOrDefault();

    public string AuthorAddress => Author?.Address.ToLowerInvariant() ?? "";

    /// <summary>The recipients in the message's own headers.</summary>
    public IEnumerable<MailboxAddress> Recipients => Message.To.Mailboxes.Concat(Message.Cc.Mailboxes).Concat(Message.Bcc.Mailboxes);
}
