using System.Text;
using MailAdmin.Sandbox.Mail;
using MailAdmin.Sandbox.Smtp;

namespace MailAdmin.Sandbox.Demonstration;

/// <summary>
/// Three days of mail of the sample organisation, so that its queue has a history: some hosts defer, some do not answer. The mail
/// is always the same; its times count back from the start of the sandbox.
/// </summary>
internal static class SampleMail
{
    private static readonly (double HoursAgo, string From, string[] To, string Subject, int Lines)[] s_messages =
    [
        (70, "olga.petrova@example.org", ["archive@oldfirm.example"], "Last year's drawings", 900),
        (66, "orders@customers.example", ["jane.doe@example.org", "sales@example.org"], "Order 4650", 30),
        (51, "jane.doe@example.org", ["buyer@partner.example"], "Offer 2026-118", 60),
        (47.5, "maria.fernandez@example.org", ["welcome@customers.example"], "Your visit", 12),
        (44, "press@bigmail.example", ["news@example.org"], "Interview", 14),
        (30, "tanaka.yuki@example.org", ["lab@campus.example", "dean@campus.example"], "Summer school", 40),
        (26, "john.roe@example.org", ["orders@partner.example", "info@customers.example", "purchasing@oldfirm.example"], "New price list", 240),
        (25, "support@partner.example", ["priya.sharma@example.org"], "Ticket opened", 9),
        (20, "grace.hopper@example.org", ["typo@cutsomers.example", "press@partner.example"], "Release notes", 35),
        (9, "siobhan.obrien@example.org", ["dean@campus.example"], "Room for Thursday", 8),
        (7, "orders@customers.example", ["john.roe@example.org"], "Order 4702", 30),
        (5.5, "aisha.rahman@example.org", ["gone@leavers.example", "sales@partner.example", "service@customers.example"], "Contract renewal", 80),
        (5, "jane.doe@example.org", ["news-de@partner.example", "news-fr@partner.example", "news-pl@partner.example"], "Newsletter November", 300),
        (2, "priya.sharma@example.org", ["ops@oldfirm.example", "ops@partner.example"], "Maintenance window tonight", 15),
        (1.5, "office@twohosts.example", ["maria.fernandez@example.org"], "Lunch", 3),
        (0.7, "juergen.mueller@example.org", ["it@partner.example"], "Grüße aus der Technik", 22),
        (0.2, "zoe.lefevre@example.org", ["visitors@oldfirm.example"], "Parking on Monday", 10),
        (0.05, "emma.van-dijk@example.org", ["frontdesk@partner.example", "desk@customers.example"], "Parcel", 6),
    ];

    public static void Send(SmtpReceiver smtpReceiver, ILocalMail localMail, TimeProvider clock)
    {
        DateTimeOffset now = clock.GetUtcNow();
        foreach ((double hoursAgo, string from, string[] to, string subject, int lines) in s_messages)
        {
            DateTimeOffset at = now.AddHours(-hoursAgo);
            bool isOwn = localMail.HasAddress(from);
            smtpReceiver.Accept(isOwn ? from.Split('@')[0] : null, from, to, BuildMessage(from, to, subject, lines, at), at);
        }
    }

    private static byte[] BuildMessage(string from, string[] to, string subject, int lines, DateTimeOffset at)
    {
        StringBuilder text = new StringBuilder()
            .Append($"From: {from}\r\nTo: {string.Join(", ", to)}\r\nSubject: {EncodeHeader(subject)}\r\nDate: {at:r}\r\n".Replace("GMT", "+0000", StringComparison.Ordinal))
            .Append("MIME-Version: 1.0\r\nContent-Type: text/plain; charset=\"utf-8\"\r\n\r\n");
        for (int line = 0; line < lines; line++)
        {
            text.Append("This is a line of a letter that nobody will ever read, and so it says little.\r\n");
        }

        return Encoding.ASCII.GetBytes(text.ToString());
    }

    private static string EncodeHeader(string text) => text.All(char.IsAscii) ? text : $"=?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(text))}?=";
}
