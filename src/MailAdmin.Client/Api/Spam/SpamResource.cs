// /spam-filter: what the filter learns from, and what it makes of a message.
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using MailAdmin.Client.Api.Spam;
using MailAdmin.Client.Calls;
using MailAdmin.Client.Http;
using MailAdmin.Client.Values;

namespace MailAdmin.Client;

/// <summary>The spam filter (docs/api.md §6.10; §9 for 0.15, which stores samples and learns from them later).</summary>
public sealed class SpamResource
{
    private static readonly MediaTypeHeaderValue s_message = new("message/rfc822");
    private readonly ApiChannel _channel;

    // A key that may not ask for the version learns it from the first answer.
    private volatile TrainingMode _mode;

    internal SpamResource(ApiChannel channel, ServerDialect dialect)
    {
        _channel = channel;
        _mode = dialect.StoresSpamSamples switch
        {
            null => TrainingMode.Unknown,
            true => TrainingMode.Samples,
            false => TrainingMode.Immediate,
        };
    }

    /// <summary>The largest message that the server learns from, in bytes: it takes a larger one for an empty one.</summary>
    public const int MaxMessageSize = BodySize.MaxBytes;

    /// <summary>Whether the server stores samples and learns later (from 0.15 on) rather than at once; null while that is unknown.</summary>
    public bool? StoresSamples => _mode == TrainingMode.Unknown ? null : _mode == TrainingMode.Samples;

    /// <summary>
    /// Has the filter learn from a message (POST /spam-filter/train/spam, /spam-filter/train/ham; from 0.15 on POST /spam-filter/upload/spam,
    /// /spam-filter/upload/ham, which stores it; an account follows in the path).
    /// </summary>
    /// <param name="message">The message as it is, byte for byte.</param>
    /// <param name="spamClass">What it is an example of.</param>
    /// <param name="account">Whose filter learns; null = everybody's.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns><c>Learned</c>, or <c>Stored</c> from 0.15 on.</returns>
    /// <exception cref="ArgumentException">The message or the account's name is empty.</exception>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>spam-filter-train</c>; <c>RejectedByClient</c> for a message
    /// beyond <see cref="MaxMessageSize"/>; <c>NotFound</c> for an unknown account; <c>RejectedByServer</c> when the server sees no message in it;
    /// <c>OutcomeUnknown</c> when the answer was lost.</exception>
    public async Task<SpamTrainingStatus> TrainAsync(byte[] message, SpamClass spamClass, string? account, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message.Length == 0)
        {
            throw new ArgumentException("The message is empty.", nameof(message));
        }
        if (account is not null && string.IsNullOrWhiteSpace(account))
        {
            throw new ArgumentException("The account's name is empty.", nameof(account));
        }
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

    /// <summary>Has the server learn from the samples it stores, in the background (GET /spam-filter/train/start; from 0.15 on).</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>False when it did not start, for example because it is learning already.</returns>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>spam-filter-train</c>; <c>Unsupported</c> before 0.15, where
    /// there is nothing to start; <c>OutcomeUnknown</c> when the answer was lost.</exception>
    public Task<bool> StartTrainingAsync(CancellationToken cancellationToken) =>
        _channel.ReadAsync(new ApiRequestContext(Operations.StartTraining) { Action = "Starting the training" }, _channel.Uri.For(Operations.StartTraining), DataReaders.ReadBoolean, cancellationToken);

    /// <summary>What the filter does with a message (POST /spam-filter/classify). The server asks the DNS, so it may take some seconds.</summary>
    /// <param name="query">The message and its envelope.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Score, action and tags.</returns>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>spam-filter-train</c> (from 0.15: <c>spam-filter-test</c>);
    /// <c>RejectedByClient</c> when the message is too large; <c>RejectedByServer</c> when the server cannot read it.</exception>
    public async Task<MailSpamResult> ClassifyAsync(SpamQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(query.RemoteIp, nameof(query));
        ArgumentNullException.ThrowIfNull(query.From, nameof(query));
        if (query.To.Any(recipient => recipient is null))
        {
            throw new ArgumentException("A recipient is null.", nameof(query));
        }
        var context = new ApiRequestContext(Operations.ClassifyMessage);
        byte[] body = BodySize.CheckMessage(SerializeBody(query), context.Operation);
        MailSpamResult result = await _channel.ReadAsync(context, _channel.Uri.For(Operations.ClassifyMessage), SpamResultReader.Read, cancellationToken, body).ConfigureAwait(false);
        (result.RemoteIp, result.From, result.To) = (WireAddress.Format(query.RemoteIp), query.From, new(query.To));
        (result.Path, result.Number) = (query.Path, query.Number);
        return result;
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
        string? name = account?.Trim().ToLowerInvariant();
        Operation operation = GetOperation(mode, spamClass, name is not null);
        var context = new ApiRequestContext(operation) { Action = "Training the spam filter" };
        BodySize.CheckMessage(message, operation);
        try
        {
            using var content = new ByteArrayContent(message) { Headers = { ContentType = s_message } };
            Uri target = name is null ? _channel.Uri.For(operation) : _channel.Uri.For(operation, name);
            await _channel.ReadAsync(context, target, content, response => ResponseReader.ReadDataAsync(response, context, DataReaders.ReadNull, cancellationToken), cancellationToken).ConfigureAwait(false);
            return mode == TrainingMode.Samples ? SpamTrainingStatus.Stored : SpamTrainingStatus.Learned;
        }
        catch (MailServerException e) when (e.Code == MailErrorCode.NotFound && e.Status == HttpStatusCode.OK && name is not null)
        {
            throw new MailServerException(e.Code, e.Operation, $"There is no account '{name}'.", e) { Status = e.Status, ServerCode = e.ServerCode, Item = name };
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
