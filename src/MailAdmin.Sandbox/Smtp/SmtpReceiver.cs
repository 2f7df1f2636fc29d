using System.Text;
using MailAdmin.Sandbox.Dkim;
using MailAdmin.Sandbox.Events;
using MailAdmin.Sandbox.Mail;
using MailAdmin.Sandbox.Queue;
using MailAdmin.Sandbox.Reports;
using MailAdmin.Sandbox.Values;

namespace MailAdmin.Sandbox.Smtp;

/// <summary>Receives messages as over SMTP: unauthenticated callers may send to local addresses only, users to anyone, from their own addresses.</summary>
/// <param name="localMail">Who has which address.</param>
/// <param name="queue">The queue.</param>
/// <param name="reports">Examines mail.</param>
/// <param name="signers">What signs the mail of a domain before it is stored.</param>
/// <param name="tracer">Traces what happens.</param>
/// <param name="keepsMessagesAsSent">Whether the line end before the final dot belongs to the message.</param>
/// <param name="clock">The server's clock.</param>
internal sealed class SmtpReceiver(
    ILocalMail localMail, MessageQueue queue, ReportIntake reports, Func<string, IEnumerable<DkimSigner>> signers, SmtpTracer tracer, bool keepsMessagesAsSent, TimeProvider clock)
{
    /// <summary>Queues a message, reads the report in it, and counts failures that have to be reported.</summary>
    /// <returns>Why it was refused, or null.</returns>
    public string? Accept(string? authenticatedAs, string mailFrom, IReadOnlyList<string> recipients, ReadOnlySpan<byte> message) =>
        Accept(authenticatedAs, mailFrom, recipients, message, clock.GetUtcNow());

    /// <summary>The same at a time that may be in the past.</summary>
    public string? Accept(string? authenticatedAs, string mailFrom, IReadOnlyList<string> recipients, ReadOnlySpan<byte> message, DateTimeOffset at)
    {
        queue.CatchUp(at);
        TraceSpan? session = tracer.Begin(authenticatedAs, authenticatedAs is null ? null : localMail.FindAccount(authenticatedAs), mailFrom, at);
        string? refusal = ValidateEnvelope(authenticatedAs, mailFrom, recipients, session, at);
        if (refusal is null)
        {
            Enqueue(authenticatedAs is not null, mailFrom, recipients, SmtpContent.Normalize(message, keepsMessagesAsSent), session, at);
        }

        tracer.End(session, at);
        return refusal;
    }

    private void Enqueue(bool isSubmission, string mailFrom, IReadOnlyList<string> recipients, byte[] content, TraceSpan? session, DateTimeOffset at)
    {
        bool isHandled = reports.Receive(isSubmission, mailFrom, recipients, content, out ReportMail? report);
        if (report is not null)
        {
            tracer.TraceReport(session, report.Report.Kind, report.From, at);
        }

        if (!isHandled)
        {
            MailRecipient[] all = [.. recipients.SelectMany(localMail.FindRecipients).DistinctBy(recipient => recipient.Address)];
            queue.Add(new IncomingMessage(mailFrom, all, Sign(mailFrom, content), isSubmission ? MailSource.Authenticated : MailSource.Unauthenticated, at, session));
        }
    }

    /// <summary>Signs mail from a local domain.</summary>
    private byte[] Sign(string mailFrom, byte[] content)
    {
        string domain = MailAddress.GetDomain(mailFrom);
        if (!localMail.IsLocalDomain(domain))
        {
            return content;
        }

        long now = clock.GetUtcNow().ToUnixTimeSeconds();
        return [.. Encoding.Latin1.GetBytes(string.Concat(signers(domain).Select(signer => signer.Sign(content, now)))), .. content];
    }

    private string? ValidateEnvelope(string? authenticatedAs, string mailFrom, IReadOnlyList<string> recipients, TraceSpan? session, DateTimeOffset at)
    {
        if (authenticatedAs is not null && !localMail.MaySendAs(authenticatedAs, mailFrom))
        {
            tracer.TraceRefusal(session, "smtp.mail-from-not-allowed", mailFrom, at);
            return "501 the sender is not an address of the account";
        }

        foreach (string recipient in recipients)
        {
            if (authenticatedAs is null && !IsLocal(recipient))
            {
                tracer.TraceRefusal(session, "smtp.relay-not-allowed", recipient, at);
                return "550 relay not allowed";
            }

            if (IsInLocalDomain(recipient) && !localMail.HasAddress(recipient))
            {
                tracer.TraceRefusal(session, "smtp.mailbox-does-not-exist", recipient, at);
                return "550 mailbox does not exist";
            }

            tracer.TraceRecipient(session, recipient, at);
        }

        return null;
    }

    private bool IsLocal(string address) => IsInLocalDomain(address) || localMail.HasAddress(address);

    private bool IsInLocalDomain(string address) => localMail.IsLocalDomain(MailAddress.GetDomain(address));
}
