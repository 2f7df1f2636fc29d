using System.Text.Json;
using MailAdmin.Client.Jmap;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Queue;

/// <summary>Reads an <c>x:QueuedMessage</c> (docs/api-0.16.md §8.5). One odd member must not take the list of all other messages away.</summary>
internal static class JmapQueueReader
{
    private const string NoSender = "<>";
    private const string NoEnhancedCode = "0.0.0";
    private static readonly string[] s_derived = ["nextRetry", "nextNotify", "@type"];

    public static MailQueueMessage Read(JsonElement item)
    {
        var members = new JsonMembers(item.EnsureReadable());
        var builder = new QueueMessageBuilder
        {
            Id = JmapId.ToLargeNumber(members.GetText("id") ?? throw new JsonException("A queued message has an id.")),
            From = members.GetText("returnPath") is { } from and not NoSender ? from : "",
            Created = members.GetTime("createdAt") ?? default,
            Size = members.GetNumber("size"),
            Priority = (int)Math.Clamp(members.GetNumber("priority"), int.MinValue, int.MaxValue),
            EnvelopeId = members.GetText("envId"),
            BlobId = members.GetText("blobId") ?? "",
        };
        builder.Recipients.AddRange(members.GetNamed("recipients").Select(recipient => ReadRecipient(recipient.Name, recipient.Value)));
        members.AddUnknownMembers(builder.Unknown, s_derived);
        return builder.Build();
    }

    private static QueueRecipientBuilder ReadRecipient(string address, JsonMembers members)
    {
        JsonMembers expiry = members.GetObject("expires");
        JsonMembers status = members.GetObject("status");
        var builder = new QueueRecipientBuilder
        {
            Address = address,
            Domain = address[(address.LastIndexOf('@') + 1)..],
            Status = status.GetText("@type") is { } word ? DeliveryStatus.Parse(word) : default,
            Reply = FormatReply(status),
            RetryCount = (int)Math.Clamp(members.GetNumber("retryCount"), 0, int.MaxValue),
            NextRetry = members.GetTime("retryDue"),
            NextNotify = members.GetTime("notifyDue"),
            Expires = expiry.GetTime("expiresAt"),
            Queue = members.GetText("queueName"),
            OriginalRecipient = members.GetText("orcpt"),
        };
        members.AddUnknownMembers(builder.Unknown);
        expiry.AddUnknownMembers(builder.Unknown, s_derived);
        // In pieces too: what is read of them for the sentence is not gone for that.
        members.GetObject("status").AddUnknownMembers(builder.Unknown, s_derived);
        return builder;
    }

    // What the other server said, or why there was nothing to hear; then the word for the reason is all there is.
    private static string? FormatReply(JsonMembers status)
    {
        string?[] said = [FormatCode(status.GetNumber("responseCode")), status.GetText("responseEnhanced") is { } code and not NoEnhancedCode ? code : null, status.GetText("responseMessage")];
        string reply = string.Join(' ', said.Where(part => !string.IsNullOrEmpty(part)));
        if (reply.Length == 0)
        {
            reply = status.GetText("errorMessage") is { Length: > 0 } message ? message : status.GetText("errorType") ?? "";
        }
        string host = status.GetText("responseHostname") is { Length: > 0 } name ? $"{name}: " : "";
        string command = status.GetText("errorCommand") is { Length: > 0 } sent ? $" ({sent})" : "";
        return reply.Length == 0 ? null : host + reply + command;
    }

    private static string? FormatCode(long code) => code == 0 ? null : WireNumber.Format(code);
}
