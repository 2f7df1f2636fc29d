// /spam-filter: what the filter learns from, and what it makes of a message.
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using MailAdmin.Client.Calls;
using MailAdmin.Client.Http;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Spam;

/// <summary>The spam filter of a server before 0.16 (docs/api.md §6.10; §9 for 0.15, which stores samples and learns from them later).</summary>
internal sealed class RestSpamFilter : ISpamFilter
{
    private static readonly MediaTypeHeaderValue s_message = new("message/rfc822");
    private readonly ApiChannel _channel;

    // A key that may not ask for the version learns it from the first answer.
    private volatile TrainingMode _mode;

    public RestSpamFilter(ApiChannel channel, ServerDialect dialect)
    {
        _channel = channel;
        _mode = dialect.StoresSpamSamples switch
        {
            null => TrainingMode.Unknown,
            true => TrainingMode.Samples,
            false => TrainingMode.Immediate,
        };
    }

    public bool? StoresSamples => _mode == TrainingMode.Unknown ? null : _mode == TrainingMode.Samples;

    public async Task<SpamTrainingStatus> TrainAsync(byte[] message, SpamClass spamClass, string? account, CancellationToken cancellationToken)
    {
        if (_mode != TrainingMode.Unknown)
        {
            return await SendAsync(_mode, message, spamClass, account, cancellationToken).ConfigureAwait(false);
        }
        try
        {
            return await TrainAndDetectModeAsync(TrainingMode.Immediate, message, spamClass, account, cancellationToken).ConfigureAwait(false);
        }
        // This version has no such call: nothing was done.
        catch (MailServerException e) when (e is { Code: MailErrorCode.Unsupported, Status: HttpStatusCode.NotFound })
        {
            return await UploadToUnknownVersionAsync(message, spamClass, account, cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task<SpamTrainingStart> StartTrainingAsync(CancellationToken cancellationToken) => new(
        await _channel.ReadAsync(new ApiRequestContext(Operations.StartTraining) { Action = "Starting the training" }, _channel.Uri.For(Operations.StartTraining), DataReaders.ReadBoolean, cancellationToken).ConfigureAwait(false),
        null);

    public Task<MailSpamResult> ClassifyAsync(SpamQuery query, CancellationToken cancellationToken)
    {
        var context = new ApiRequestContext(Operations.ClassifyMessage);
        byte[] body = BodySize.CheckMessage(SerializeBody(query), context.Operation);
        return _channel.ReadAsync(context, _channel.Uri.For(Operations.ClassifyMessage), SpamResultReader.Read, cancellationToken, body);
    }

    private async Task<SpamTrainingStatus> UploadToUnknownVersionAsync(byte[] message, SpamClass spamClass, string? account, CancellationToken cancellationToken)
    {
        try
        {
            return await TrainAndDetectModeAsync(TrainingMode.Samples, message, spamClass, account, cancellationToken).ConfigureAwait(false);
        }
        catch (MailServerException e) when (e is { Code: MailErrorCode.Unsupported, Status: HttpStatusCode.NotFound })
        {
            throw MissingRoutes.CreateUnknownRoute(e);
        }
    }

    private async Task<SpamTrainingStatus> TrainAndDetectModeAsync(TrainingMode mode, byte[] message, SpamClass spamClass, string? account, CancellationToken cancellationToken)
    {
        try
        {
            SpamTrainingStatus status = await SendAsync(mode, message, spamClass, account, cancellationToken).ConfigureAwait(false);
            _mode = mode;
            return status;
        }
        catch (MailServerException e) when (e.ServerCode is not null)
        {
            // A refusal of the message says as much about the form as a success.
            _mode = mode;
            throw;
        }
    }

    private async Task<SpamTrainingStatus> SendAsync(TrainingMode mode, byte[] message, SpamClass spamClass, string? account, CancellationToken cancellationToken)
    {
        Operation operation = GetOperation(mode, spamClass, account is not null);
        var context = new ApiRequestContext(operation) { Action = "Training the spam filter" };
        BodySize.CheckMessage(message, operation);
        try
        {
            using var content = new ByteArrayContent(message) { Headers = { ContentType = s_message } };
            Uri target = account is null ? _channel.Uri.For(operation) : _channel.Uri.For(operation, account);
            await _channel.ReadAsync(context, target, content, response => ResponseReader.ReadDataAsync(response, context, DataReaders.ReadNull, cancellationToken), cancellationToken).ConfigureAwait(false);
            return mode == TrainingMode.Samples ? SpamTrainingStatus.Stored : SpamTrainingStatus.Learned;
        }
        catch (MailServerException e) when (e.Code == MailErrorCode.NotFound && e.Status == HttpStatusCode.OK && account is not null)
        {
            throw new MailServerException(e.Code, e.Operation, $"There is no account '{account}'.", e) { Status = e.Status, ServerCode = e.ServerCode, Item = account };
        }
    }

    private static Operation GetOperation(TrainingMode mode, SpamClass spamClass, bool ofAccount) => (mode, spamClass, ofAccount) switch
    {
        (TrainingMode.Samples, SpamClass.Spam, false) => Operations.UploadSpam,
        (TrainingMode.Samples, SpamClass.Spam, true) => Operations.UploadSpamForAccount,
        (TrainingMode.Samples, _, false) => Operations.UploadHam,
        (TrainingMode.Samples, _, true) => Operations.UploadHamForAccount,
        (_, SpamClass.Spam, false) => Operations.TrainSpam,
        (_, SpamClass.Spam, true) => Operations.TrainSpamForAccount,
        (_, _, false) => Operations.TrainHam,
        (_, _, true) => Operations.TrainHamForAccount,
    };

    private static byte[] SerializeBody(SpamQuery query)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, MessageJson.Options))
        {
            writer.WriteStartObject();
            writer.WriteString("message"u8, query.Message.Span);
            writer.WriteString("remoteIp"u8, WireAddress.Format(query.RemoteIp));
            // What is not known is left out: the server refuses a null here (docs/api.md §6.10, trap 62).
            if (!string.IsNullOrWhiteSpace(query.EhloDomain))
            {
                writer.WriteString("ehloDomain"u8, query.EhloDomain);
            }
            if (!string.IsNullOrWhiteSpace(query.AuthenticatedAs))
            {
                writer.WriteString("authenticatedAs"u8, query.AuthenticatedAs);
            }
            writer.WriteBoolean("isTls"u8, query.IsTls);
            writer.WriteString("envFrom"u8, query.From);
            writer.WriteNumber("envFromFlags"u8, 0);
            writer.WriteStartArray("envRcptTo"u8);
            foreach (string recipient in query.To)
            {
                writer.WriteStringValue(recipient);
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        return buffer.ToArray();
    }

    // How the server learns.
    private enum TrainingMode
    {
        Unknown,
        Immediate,
        Samples,
    }
}
