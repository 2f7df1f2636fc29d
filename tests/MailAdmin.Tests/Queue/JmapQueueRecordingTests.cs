// What a real server of 0.16 says of its queue, as MailQueueMessage.
using MailAdmin.Client;
using MailAdmin.Client.Api.Queue;
using MailAdmin.Client.Jmap;
using MailAdmin.Tests.Jmap;

namespace MailAdmin.Tests.Queue;

public sealed class JmapQueueRecordingTests
{
    [Fact]
    public void One_message_with_every_state_of_a_recipient_is_read()
    {
        MailQueueMessage message = Read("768").Single(message => message.Recipient.Count == 6);
        message.Id.ShouldBe(JmapId.ToLargeNumber("jq7g7r92aeqa"));
        (message.From, message.Size, message.Priority, message.EnvelopeId).ShouldBe(("john@example.org", 212, 0, null));
        message.Created.ShouldBe(new DateTimeOffset(2026, 11, 29, 5, 2, 25, TimeSpan.Zero));
        message.BlobId.ShouldBe("eall3w9w3jjnwdjnprikoqjvjeme3dveos2uufu3qrjkjvqt1gi9l333333q333333333333333qc");
        message.NextRetry.ShouldBe(new DateTimeOffset(2026, 11, 29, 5, 4, 25, TimeSpan.Zero));
        message.Expires.ShouldBe(new DateTimeOffset(2026, 12, 2, 5, 2, 25, TimeSpan.Zero));
        message.Status.ShouldBe(DeliveryStatus.TemporaryFailure);
        message.AdditionalData.Keys.ShouldBe(["receivedFromIp", "receivedViaPort", "flags"], ignoreOrder: true);
        message.Recipient.ToDictionary(recipient => recipient.Address, recipient => (recipient.Status, recipient.Reply)).ShouldBe(new Dictionary<string, (string, string?)>
        {
            ["ok@delivered.test"] = (DeliveryStatus.Completed, "mx.delivered.test: 250 2.1.5 OK"),
            ["wait@remote.test"] = (DeliveryStatus.TemporaryFailure, "mx.remote.test: 451 4.7.1 Greylisted, try again later (RCPT TO:<wait@remote.test>)"),
            ["down@elsewhere.test"] = (DeliveryStatus.TemporaryFailure, "mx.elsewhere.test: I/O error: Connection refused (os error 111)"),
            ["gone@bounce.test"] = (DeliveryStatus.PermanentFailure, "mx.bounce.test: 550 5.1.1 No such mailbox here (RCPT TO:<gone@bounce.test>)"),
            ["lost@nodomain.test"] = (DeliveryStatus.PermanentFailure, "nodomain.test: no MX record found."),
            ["tls@badcert.test"] = (DeliveryStatus.TemporaryFailure, "mx.badcert.test: Handshake failed: invalid peer certificate: Other(OtherError(CaUsedAsEndEntity))"),
        }, ignoreOrder: true);
        MailQueueRecipient waiting = message.Recipient.Single(recipient => recipient.Address == "wait@remote.test");
        (waiting.Domain, waiting.RetryCount, waiting.Queue).ShouldBe(("remote.test", 1, "remote"));
        waiting.AdditionalData["responseCode"].ShouldBe(451L);
        waiting.AdditionalData["errorType"].ShouldBe("unexpectedResponse");
        MailQueueRecipient gone = message.Recipient.Single(recipient => recipient.Address == "gone@bounce.test");
        (gone.NextRetry, gone.NextNotify).ShouldBe((null, null));
    }

    [Fact]
    public void A_message_of_odd_recipients_is_read()
    {
        MailQueueMessage message = Read("766").Single(message => message.From == "ann@delivered.test");
        message.To.ShouldBe(["123", "a/b@delivered.test", "b@delivered.test", "out@delivered.test"], ignoreOrder: true);
        message.Recipient.ShouldAllBe(recipient => recipient.OriginalRecipient == "rfc822;letter@example.org");
    }

    [Fact]
    public void An_expiry_by_attempts_is_no_time()
    {
        MailQueueRecipient recipient = Read("755").Single().Recipient.Single(recipient => recipient.IsPending);
        recipient.Expires.ShouldBeNull();
        recipient.AdditionalData["expiresAttempts"].ShouldBe(3L);
        recipient.NextRetry.ShouldBe(new DateTimeOffset(2026, 11, 29, 6, 2, 17, TimeSpan.Zero));
    }

    [Fact]
    public void A_cancelled_recipient_says_so() =>
        Read("755").Single().Recipient.Single(recipient => !recipient.IsPending).Reply.ShouldBe("localhost: Delivery canceled.");

    [Fact]
    public void Every_message_of_the_recording_is_read()
    {
        int count = 0;
        foreach (MailQueueMessage message in RecordedJmapAnswers.ReadObjects("x:QueuedMessage").Select(JmapQueueReader.Read))
        {
            count++;
            JmapId.ToLargeNumber(JmapId.FromNumber(message.Id)).ShouldBe(message.Id);
            message.Recipient.ShouldAllBe(recipient => DeliveryStatus.Parse(recipient.Status) != default || recipient.Status == DeliveryStatus.Scheduled);
        }
        count.ShouldBeGreaterThan(15);
    }

    private static MailQueueMessage[] Read(string exchange) => [.. RecordedJmapAnswers.ReadObjects("x:QueuedMessage", exchange).Select(JmapQueueReader.Read)];
}
