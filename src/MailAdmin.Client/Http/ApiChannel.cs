// The way of every call: build the request, send it through the pipeline, map what went wrong on the way.
using System.Net.Http.Headers;
using MailAdmin.Client.Calls;

namespace MailAdmin.Client.Http;

/// <summary>Sends calls. Knows addresses and transport failures, not what the answers mean.</summary>
internal sealed class ApiChannel(HttpClient client, ApiUri uri, int maximumRetries, CancellationToken closed)
{
    private static readonly MediaTypeHeaderValue s_json = new("application/json");
    private static readonly MediaTypeWithQualityHeaderValue s_events = new("text/event-stream");

    public ApiUri Uri { get; } = uri;

    /// <summary>How many retries the user allows.</summary>
    public int MaximumRetries { get; } = maximumRetries;

    /// <summary>Cancelled when the connection is closed: an answer that is still being read would not notice.</summary>
    public CancellationToken Closed { get; } = closed;

    /// <summary>Sends a call and reads <c>data</c>.</summary>
    public async Task<T> ReadAsync<T>(Call call, Uri target, DataReader<T> read, CancellationToken cancellationToken, byte[]? json = null, AuthenticationHeaderValue? own = null)
    {
        using HttpResponseMessage response = await SendAsync(call, target, Json(json), cancellationToken, own).ConfigureAwait(false);
        return await AnswerReader.ReadDataAsync(response, call, read, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends a call whose success has no value.</summary>
    public async Task SendAsync(Call call, Uri target, CancellationToken cancellationToken, byte[]? json = null)
    {
        using HttpResponseMessage response = await SendAsync(call, target, Json(json), cancellationToken).ConfigureAwait(false);
        await AnswerReader.ReadDoneAsync(response, call, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends a call; the answer, whatever its status, is the caller's to read and dispose.</summary>
    public async Task<HttpResponseMessage> SendAsync(Call call, Uri target, HttpContent? content, CancellationToken cancellationToken, AuthenticationHeaderValue? own = null)
    {
        using var request = new HttpRequestMessage(call.Method, target) { Content = content };
        request.Headers.Authorization = own;
        if (call.ReadsEvents)
        {
            request.Headers.Accept.Add(s_events);
        }
        call.Attach(request);
        try
        {
            return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && TransportFaults.Of(e) != TransportFault.None)
        {
            throw TransportExceptions.From(e, call);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Closing the client cancels what is under way, waits included.
            throw ClosedConnection.Error();
        }
    }

    private static ByteArrayContent? Json(byte[]? json) => json is null ? null : new ByteArrayContent(json) { Headers = { ContentType = s_json } };
}
