using System.Globalization;
using System.Net;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using MailAdmin.Client.Calls;
using MailAdmin.Client.Http;

namespace MailAdmin.Client.Api.Streams;

/// <summary>
/// One live stream of server-sent events (docs/api.md §7): opened, read frame by frame, watched for silence. Leaving the sequence closes its socket.
/// </summary>
internal sealed class EventStream<T>(EventStreamRequest<T> request, ApiChannel channel, SessionHolder session, OAuthResource tokens, TimeProvider time)
{
    private const string MediaType = "text/event-stream";

    /// <summary>Opens the stream and gives its frames until the server ends it.</summary>
    /// <param name="onOpened">Called once the server has accepted.</param>
    /// <param name="cancellationToken">Closes it.</param>
    /// <exception cref="MailServerException">It was refused, broke off, fell silent (<c>TimedOut</c>), or sent something that is not a frame.</exception>
    public async IAsyncEnumerable<T> ReadAsync(Action? onOpened, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        (HttpResponseMessage response, ApiRequestContext context) = await OpenAsync(cancellationToken).ConfigureAwait(false);
        using HttpResponseMessage opened = response;
        onOpened?.Invoke();
        using var silence = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silence.Token, channel.Closed);
        ResponseStream stream = await ResponseStream.OpenAsync(response, context, ResponseSize.MaxBuffered, cancellationToken, Timeout.InfiniteTimeSpan).ConfigureAwait(false);
        await using IAsyncEnumerator<SseItem<T>> frames = SseParser.Create(stream, request.Read).EnumerateAsync(stop.Token).GetAsyncEnumerator(stop.Token);
        while (await MoveNextAsync(frames, context, response.StatusCode, silence, cancellationToken).ConfigureAwait(false))
        {
            // A stream has no end, but each frame has.
            stream.RestartCount();
            yield return frames.Current.Data;
        }
    }

    private async ValueTask<bool> MoveNextAsync(IAsyncEnumerator<SseItem<T>> frames, ApiRequestContext context, HttpStatusCode status, CancellationTokenSource silence, CancellationToken cancellationToken)
    {
        silence.CancelAfter(request.IdleTimeout);
        try
        {
            return await frames.MoveNextAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            ClosedConnection.ThrowIf(channel.Closed.IsCancellationRequested);
            throw new MailServerException(
                MailErrorCode.TimedOut, context.Operation, string.Create(CultureInfo.InvariantCulture, $"Nothing came over the live stream for {request.IdleTimeout.TotalSeconds:0} seconds: the connection is dead."));
        }
        catch (MailServerException e) when (TransportErrorClassifier.Classify(e.InnerException) != TransportError.None)
        {
            throw new MailServerException(MailErrorCode.Unreachable, context.Operation, "The live stream broke off: the server or something on the way closed it.", e.InnerException);
        }
        catch (Exception e) when (ResponseReader.IsMalformedJson(e))
        {
            throw FaultExceptions.CreateUnexpected(ResponseBodyClassifier.Classify(e), context, status, e);
        }
        finally
        {
            // The reader's own pauses are not silence of the server.
            silence.CancelAfter(Timeout.InfiniteTimeSpan);
        }
    }

    // The header first: it needs no second call. Only what stands between may take it away, and then a token in the address helps.
    private async Task<(HttpResponseMessage Response, ApiRequestContext Call)> OpenAsync(CancellationToken cancellationToken)
    {
        var context = new ApiRequestContext(request.Operation) { Streams = true, ReadsEvents = true };
        HttpResponseMessage response = await channel.SendAsync(context, request.Target, null, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.Unauthorized && !session.Current.CountsAsLoginAttempt)
        {
            response.Dispose();
            (response, context) = await OpenWithTokenAsync(cancellationToken).ConfigureAwait(false);
        }
        if (IsEventStream(response))
        {
            return (response, context);
        }
        using (response)
        {
            // A refused stream is an answer like any other (docs/api.md §7.1).
            await ResponseReader.ReadNothingAsync(response, context, cancellationToken).ConfigureAwait(false);
            throw FaultExceptions.CreateUnexpected(ResponseBodyKind.Other, context, response.StatusCode, null);
        }
    }

    private async Task<(HttpResponseMessage Response, ApiRequestContext Call)> OpenWithTokenAsync(CancellationToken cancellationToken)
    {
        string token = await tokens.RequestStreamTokenAsync(request.Purpose, cancellationToken).ConfigureAwait(false);
        var context = new ApiRequestContext(request.Operation, RequestAuthentication.None) { Streams = true, ReadsEvents = true, Secrets = [token, Uri.EscapeDataString(token)] };
        return (await channel.SendAsync(context, ApiUri.AppendQuery(request.Target, "token", token), null, cancellationToken).ConfigureAwait(false), context);
    }

    private static bool IsEventStream(HttpResponseMessage response) =>
        response.IsSuccessStatusCode && string.Equals(response.Content.Headers.ContentType?.MediaType, MediaType, StringComparison.OrdinalIgnoreCase);
}
