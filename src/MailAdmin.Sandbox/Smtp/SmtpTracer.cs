using System.Net;
using MailAdmin.Sandbox.Events;
using MailAdmin.Sandbox.Mail;
using MailAdmin.Sandbox.Telemetry;
using MailAdmin.Sandbox.Values;

namespace MailAdmin.Sandbox.Smtp;

/// <summary>Traces incoming mail, each message as an SMTP connection of its own.</summary>
internal sealed class SmtpTracer(Tracer tracer, RemoteDomains remoteDomains)
{
    private const string ClientName = "client.example.net";

    /// <summary>A client connected, gave its name and the sender.</summary>
    /// <param name="account">The account that submits; null for an unauthenticated client, which connects from the mail host of the sender's domain.</param>
    /// <param name="accountId">Its id.</param>
    /// <param name="mailFrom">The sender.</param>
    /// <param name="at">When.</param>
    public TraceSpan? Begin(string? account, uint? accountId, string mailFrom, DateTimeOffset at)
    {
        if (!tracer.IsEnabled)
        {
            return null;
        }

        MailHost? host = account is null ? remoteDomains.Find(MailAddress.GetDomain(mailFrom))?.PreferredHost : null;
        TraceSpan? span = tracer.Start(
            "smtp.connection-start",
            at,
            isKept: true,
            ("listenerId", account is null ? "smtp" : "submission"),
            ("localPort", account is null ? 25 : 587),
            ("remoteIp", host?.Address ?? IPAddress.Loopback),
            ("remotePort", 49152 + (int)(at.ToUnixTimeMilliseconds() % 16384)));
        tracer.Add(span, "smtp.ehlo", at, ("domain", host?.Name ?? ClientName));
        if (account is not null)
        {
            tracer.Add(span, "auth.success", at, ("accountName", account), ("accountId", accountId));
        }

        tracer.Add(span, "smtp.mail-from", at, ("from", mailFrom));
        return span;
    }

    public void TraceRecipient(TraceSpan? span, string recipient, DateTimeOffset at) => tracer.Add(span, "smtp.rcpt-to", at, ("to", recipient));

    /// <summary>Something about the envelope was refused.</summary>
    public void TraceRefusal(TraceSpan? span, string type, string address, DateTimeOffset at) =>
        tracer.Add(span, type, at, (type == "smtp.mail-from-not-allowed" ? "from" : "to", address));

    /// <summary>A report was read in the message.</summary>
    public void TraceReport(TraceSpan? span, string kind, string from, DateTimeOffset at) =>
        tracer.Add(span, kind == "arf" ? "incoming-report.abuse-report" : $"incoming-report.{kind}-report", at, ("from", from));

    public void End(TraceSpan? span, DateTimeOffset at)
    {
        tracer.Measure("smtp.request-time", 0, at);
        tracer.End(span, "smtp.connection-end", at, ("elapsed", TimeSpan.Zero));
    }
}
