using System.Text;
using MailAdmin.Sandbox.Smtp;
using MailAdmin.Sandbox.Values;

namespace MailAdmin.Sandbox.Demonstration;

/// <summary>Mail that arrives every few seconds, so that live streams show something. It is generated only by calls.</summary>
internal sealed class SampleTraffic(SmtpReceiver smtpReceiver, TimeProvider clock)
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(4);
    private static readonly (string From, string To, string Subject)[] s_messages =
    [
        ("orders@customers.example", "jane.doe@example.org", "Order 4711"),
        ("sales@partner.example", "john.roe@example.org", "Re: Offer 2026-118"),
        ("press@customers.example", "news@example.org", "Press list"),
        ("office@twohosts.example", "maria.fernandez@example.org", "Lunch on Friday"),
        ("support@partner.example", "priya.sharma@example.org", "Ticket closed"),
    ];

    private readonly Lock _gate = new();
    private DateTimeOffset _nextAt;
    private int _count;

    /// <summary>Delivers a message, if the interval since the last one has passed.</summary>
    public void DeliverIfDue()
    {
        DateTimeOffset now = clock.GetUtcNow();
        lock (_gate)
        {
            if (now < _nextAt)
            {
                return;
            }

            _nextAt = now + s_interval;
            (string from, string to, string subject) = s_messages[_count % s_messages.Length];
            _count++;
            string text = $"From: {from}\r\nTo: {to}\r\nSubject: {subject}\r\nDate: {now:r}\r\nMessage-ID: <{_count}.{now.ToUnixTimeSeconds()}@{MailAddress.GetDomain(from)}>\r\n\r\nJust a few words.\r\n";
            smtpReceiver.Accept(null, from, [to], Encoding.ASCII.GetBytes(text));
        }
    }
}
