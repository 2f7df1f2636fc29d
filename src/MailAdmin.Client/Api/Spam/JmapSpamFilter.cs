using System.Text.Json;
using MailAdmin.Client.Api.Tasks;
using MailAdmin.Client.Jmap;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Spam;

/// <summary>The spam filter of a server from 0.16 on (docs/api-0.16.md §8.8).</summary>
internal sealed class JmapSpamFilter(JmapChannel channel, PrincipalResource principals) : ISpamFilter
{
    private const string SampleType = "x:SpamTrainingSample";
    private const string MessageMediaType = "message/rfc822";
    private const string Sender = "envFrom";
    private const string MessageProperty = "blobId";

    private readonly JmapActions _actions = new(channel);
    private readonly JmapTasks _tasks = new(channel);

    public bool? StoresSamples => true;

    public bool NeedsSubjectOrFrom => true;

    public void Check(SpamQuery query)
    {
        if (query.From.Length == 0)
        {
            throw MailServerException.CreateUnsupported(Operations.CallJmap, nameof(query.From), "from 0.16 on the test takes no bounce: the envelope needs a sender. Specify -From.");
        }
        if (string.IsNullOrWhiteSpace(query.EhloDomain))
        {
            throw MailServerException.CreateUnsupported(Operations.CallJmap, nameof(query.EhloDomain), "from 0.16 on the test needs the name that the sending host gives in EHLO, and the message does not tell it. Specify -EhloDomain.");
        }
    }

    public async Task<SpamTrainingStatus> TrainAsync(byte[] message, SpamClass spamClass, string? account, CancellationToken cancellationToken)
    {
        string? accountId = account is null ? null : JmapId.FromNumber((await principals.GetAsync(account, cancellationToken).ConfigureAwait(false)).Id);
        string blobId = await channel.UploadAsync(message, MessageMediaType, cancellationToken).ConfigureAwait(false);
        var sample = SetChange.Create("0", writer =>
        {
            writer.WriteString(MessageProperty, blobId);
            writer.WriteBoolean("isSpam", spamClass == SpamClass.Spam);
            if (accountId is not null)
            {
                writer.WriteString("accountId", accountId);
            }
        });
        try
        {
            // Two samples of one message look the same: what became of one whose answer was lost cannot be seen.
            await new JmapWrites(channel).ApplyOneAsync(new SetOrder(SampleType, [sample]), "Training the spam filter", cancellationToken).ConfigureAwait(false);
        }
        catch (MailServerException e) when (e is { Code: MailErrorCode.InvalidRequest, Field: MessageProperty })
        {
            throw e.WithMessage($"The server does not learn from the message: {e.Details ?? "it has neither a subject nor a sender, or is no mail message."}");
        }
        return SpamTrainingStatus.Stored;
    }

    public async Task<SpamTrainingStart> StartTrainingAsync(CancellationToken cancellationToken) =>
        new(true, await _tasks.StartAsync(TaskKind.SpamFilterMaintenance, JmapMaintenanceWords.Train, null, "Starting the training", cancellationToken).ConfigureAwait(false));

    public async Task<MailSpamResult> ClassifyAsync(SpamQuery query, CancellationToken cancellationToken)
    {
        try
        {
            return SpamResultReader.ReadActionAnswer(await _actions.AskAsync("ClassifySpam", writer => Write(writer, query), cancellationToken).ConfigureAwait(false));
        }
        catch (MailServerException e)
        {
            throw InvalidValues.ExplainDomain(e, $"'{query.From}' as a sender", Sender);
        }
    }

    private static void Write(Utf8JsonWriter writer, SpamQuery query)
    {
        writer.WriteString("message"u8, query.Message.Span);
        writer.WriteString("remoteIp"u8, WireAddress.Format(query.RemoteIp));
        writer.WriteString("ehloDomain"u8, query.EhloDomain);
        if (!string.IsNullOrWhiteSpace(query.AuthenticatedAs))
        {
            writer.WriteString("authenticatedAs"u8, query.AuthenticatedAs);
        }
        // Left out it would be true.
        writer.WriteBoolean("isTls"u8, query.IsTls);
        writer.WriteString(Sender, query.From);
        writer.WriteStartObject("envRcptTo"u8);
        foreach (string recipient in query.To.Distinct(StringComparer.Ordinal))
        {
            writer.WriteBoolean(recipient, true);
        }
        writer.WriteEndObject();
    }
}
