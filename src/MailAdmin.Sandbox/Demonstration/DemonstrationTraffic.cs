using System.Text;

namespace MailAdmin.Sandbox.Demonstration;

/// <summary>Mail that comes in every few seconds, so that whoever watches sees something. It arises only when asked for.</summary>
internal sealed class DemonstrationTraffic(SandboxServer server)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(4);
    private static readonly (string From, string To, string Subject)[] Letters =
    [
        ("orders@customers.example", "jane.doe@example.org", "Order 4711"),
        ("sales@partner.example", "john.roe@example.org", "Re: Offer 2026-118"),
        ("press@customers.example", "news@example.org", "Press list"),
        ("office@twohosts.example", "maria.fernandez@example.org", "Lunch on Friday"),
        ("support@partner.example", "priya.sharma@example.org", "Ticket closed"),
    ];

    private readonly Lock gate = new();
    private DateTimeOffset next;
    private int count;

    /// <summary>Lets a letter come in, if the last one is a while ago.</summary>
    public void Continue()
    {
        var now = server.Clock.GetUtcNow();
        lock (gate)
        {
            if (now < next)
                return;
            next = now + Pause;
            var (from, to, subject) = Letters[count % Letters.Length];
            count++;
            var text = $"From: {from}\r\nTo: {to}\r\nSubject: {subject}\r\nDate: {now:r}\r\nMessage-ID: <{count}.{now.ToUnixTimeSeconds()}@{from.Split('@')[1]}>\r\n\r\nJust a few words.\r\n";
            server.Deliver(null, from, [to], Encoding.ASCII.GetBytes(text));
        }
    }
}
