using System.Text;
using MailAdmin.Sandbox.Configuration;
using MailAdmin.Sandbox.Events;
using MailAdmin.Sandbox.Mail;
using MailAdmin.Sandbox.Principals;
using MailAdmin.Sandbox.Queue;
using MailAdmin.Sandbox.Reports;
using MailAdmin.Sandbox.Values;

namespace MailAdmin.Sandbox.Smtp;

/// <summary>Receives messages as over SMTP: unauthenticated callers may send to local addresses only, users to anyone, from their own addresses.</summary>
internal sealed class SmtpReceiver(
    PrincipalStore store, Mailboxes mailboxes, MessageQueue queue, ReportIntake reports, RunningConfiguration configuration, SmtpTracer tracer, TimeProvider clock)
{
    /// <summary>Queues a message, reads the report in it, and counts failures that have to be reported.</summary>
    /// <returns>Why it was refused, or null.</returns>
    public string? Accept(string? authenticatedAs, string mailFrom, IReadOnlyList<string> recipients, ReadOnlySpan<byte> message) =>
        Accept(authenticatedAs, mailFrom, recipients, message, clock.GetUtcNow());

    /// <summary>The same at a time that may be in the past.</summary>
    public string? Accept(string? authenticatedAs, string mailFrom, IReadOnlyList<string> recipients, ReadOnlySpan<byte> message, DateTimeOffset at)
    {
        queue.CatchUp(at);
        TraceSpan? session = tracer.Begin(authenticatedAs, authenticatedAs is null ? null : store.Find(authenticatedAs)?.Id, mailFrom, at);
        string? refusal = ValidateEnvelope(authenticatedAs, mailFrom, recipients, session, at);
        if (refusal is null)
        {
            Enqueue(authenticatedAs is not null, mailFrom, recipients, SmtpContent.Normalize(message), session, at);
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
            queue.Add(mailFrom, recipients, Sign(mailFrom, content), at, session, isSubmission);
        }
    }

    /// <summary>Signs mail from a local domain with the signatures of the running configuration.</summary>
    private byte[] Sign(string mailFrom, byte[] content)
    {
        string domain = MailAddress.GetDomain(mailFrom);
        if (!mailboxes.IsLocalDomain(domain))
        {
            return content;
        }

        long now = clock.GetUtcNow().ToUnixTimeSeconds();
        return [.. Encoding.Latin1.GetBytes(string.Concat(configuration.GetSigners(domain).Select(signer => signer.Sign(content, now)))), .. content];
    }

    private string? ValidateEnvelope(string? authenticatedAs, string mailFrom, IReadOnlyList<string> recipients, TraceSpan? session, DateTimeOffset at)
    {
        if (authenticatedAs is not null && store.Find(authenticatedAs)?.Emails?.Contains(mailFrom.ToLowerInvariant()) != true)
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

            if (IsInLocalDomain(recipient) && store.FindByAddress(recipient.ToLowerInvariant()) is null)
            {
                tracer.TraceRefusal(session, "smtp.mailbox-does-not-exist", recipient, at);
                return "550 mailbox does not exist";
            }

            tracer.TraceRecipient(session, recipient, at);
        }

        return null;
    }

    private bool IsLocal(string address) => IsInLocalDomain(address) || store.FindByAddress(address.ToLowerInvariant()) is not null;

    private bool IsInLocalDomain(string address) => mailboxes.IsLocalDomain(MailAddress.GetDomain(address));
}
