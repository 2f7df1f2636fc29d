using System.Text;

namespace MailAdmin.Sandbox.Demonstration;

/// <summary>Mail that people of the sample organisation deleted on the days before, and that can be restored for a month.</summary>
/// <param name="Account">Who deleted it.</param>
/// <param name="Content">The message.</param>
/// <param name="Subject">Its subject.</param>
/// <param name="Deleted">When it came, and was deleted.</param>
internal sealed record SampleDeletedMail(string Account, byte[] Content, string Subject, DateTimeOffset Deleted)
{
    public const string Sender = "press@example.com";

    private const int RetentionDays = 30;

    public DateTimeOffset Expires => Deleted.AddDays(RetentionDays);

    public static IEnumerable<SampleDeletedMail> List(DateTimeOffset now) => [.. Create("jane.doe", 3, now), .. Create("grace.hopper", 1, now)];

    private static IEnumerable<SampleDeletedMail> Create(string account, int count, DateTimeOffset now)
    {
        for (int i = 0; i < count; i++)
        {
            DateTimeOffset at = now.AddDays(i - count);
            string subject = $"Offer {i + 1}";
            string message = $"From: {Sender}\r\nTo: {account}@example.org\r\nSubject: {subject}\r\nDate: {at:r}\r\nMessage-ID: <offer-{i + 1}.{account}@example.com>\r\n\r\nPlease find our offer number {i + 1} below.\r\n";
            yield return new SampleDeletedMail(account, Encoding.UTF8.GetBytes(message), subject, at);
        }
    }
}
