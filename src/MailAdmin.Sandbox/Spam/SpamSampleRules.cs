using MailAdmin.Sandbox.Jmap;
using MailAdmin.Sandbox.Mail;
using MailAdmin.Sandbox.Registry;
using MailAdmin.Sandbox.Values;
using MimeKit;

namespace MailAdmin.Sandbox.Spam;

/// <summary>Samples to train the spam filter with: messages that were uploaded.</summary>
/// <param name="store">The samples.</param>
/// <param name="blobs">Reads what was uploaded.</param>
/// <param name="clock">The server's clock.</param>
internal sealed class SpamSampleRules(RegistryStore store, BlobReader blobs, TimeProvider clock) : ObjectRules
{
    private const string TypeName = "SpamTrainingSample";
    private const string Blob = "blobId";
    private const int LifetimeDays = 180;

    public override bool NeverChanges => true;

    public override void Check(ObjectChange change)
    {
        var id = BlobId.TryParse(change.New[Blob]!.GetValue<string>());
        if (blobs.Read(id, change.Call.Caller) is not { } content || ReadHeaders(content) is not { } headers)
        {
            throw SetException.InvalidProperties("A sample is a message with a subject or a sender, uploaded before.", Blob);
        }

        change.New[Blob] = BlobId.ForServer(id!.Hash).ToString();
        change.New["from"] = headers.From;
        change.New["subject"] = headers.Subject;
        change.New["expiresAt"] = Timestamp.Format(clock.GetUtcNow().AddDays(LifetimeDays));
    }

    /// <summary>Training uses up what is to be deleted after it, and all but the newest sample of the same message.</summary>
    public void UseUp()
    {
        foreach (RegistryObject[] same in store.List(TypeName).Values.GroupBy(sample => sample.Text(Blob)).Select(group => group.ToArray()).ToArray())
        {
            foreach (RegistryObject sample in same.Where((sample, place) => place < same.Length - 1 || sample.Value["deleteAfterUse"]!.GetValue<bool>()))
            {
                store.Delete(sample);
            }
        }
    }

    private static (string From, string Subject)? ReadHeaders(byte[] content)
    {
        try
        {
            using var message = MimeMessage.Load(new MemoryStream(content));
            string from = message.From.Mailboxes.FirstOrDefault()?.Address ?? "";
            string subject = message.Subject ?? "";
            return from.Length + subject.Length > 0 ? (from, subject) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
