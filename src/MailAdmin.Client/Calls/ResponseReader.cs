using System.Net;
using System.Text.Json;

namespace MailAdmin.Client.Calls;

/// <summary>Reads the value of <c>data</c>; the reader is on its first token and is left on its last.</summary>
internal delegate T DataReader<out T>(ref Utf8JsonReader reader);

/// <summary>Turns every form of answer into a value or a <see cref="MailServerException"/> (docs/api.md §2.6).</summary>
internal static class ResponseReader
{
    /// <summary>The value of <c>data</c>.</summary>
    public static async Task<T> ReadDataAsync<T>(HttpResponseMessage response, ApiRequestContext context, DataReader<T> read, CancellationToken cancellationToken)
    {
        byte[] body = await ReadBodyAsync(response, context, cancellationToken).ConfigureAwait(false);
        return ReadEnvelope(body, response, context, read);
    }

    /// <summary>Checks that the answer is a success whose value does not matter.</summary>
    public static Task ReadNothingAsync(HttpResponseMessage response, ApiRequestContext context, CancellationToken cancellationToken) =>
        ReadDataAsync(response, context, DataReaders.ReadNothing, cancellationToken);

    /// <summary>A bare object, as the endpoints under /auth send it.</summary>
    public static async Task<T> ReadUnwrappedAsync<T>(HttpResponseMessage response, ApiRequestContext context, DataReader<T> read, CancellationToken cancellationToken)
    {
        byte[] body = await ReadBodyAsync(response, context, cancellationToken).ConfigureAwait(false);
        try
        {
            var reader = new Utf8JsonReader(body);
            if (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            {
                T value = read(ref reader);
                // Whatever follows the object throws here.
                reader.Read();
                return value;
            }
        }
        catch (Exception e) when (IsMalformedJson(e))
        {
            throw CreateUnexpectedResponse(body, response, context, e);
        }
        throw CreateUnexpectedResponse(body, response, context, null);
    }

    /// <summary>The bytes of a success, whatever they are; an HTTP-200 error in JSON is still one.</summary>
    public static async Task<byte[]> ReadBytesAsync(HttpResponseMessage response, ApiRequestContext context, CancellationToken cancellationToken)
    {
        byte[] body = await ReadBodyAsync(response, context, cancellationToken).ConfigureAwait(false);
        if (ResponseBodyClassifier.IsJson(response) && ServerFault.Parse(body) is { Error: not null } fault)
        {
            throw FaultExceptions.FromManagement(fault, context, response.StatusCode);
        }
        return body;
    }

    /// <summary>Throws unless the status is a success; the body is then still unread.</summary>
    public static async Task EnsureSuccessAsync(HttpResponseMessage response, ApiRequestContext context, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
        {
            await ReadBodyAsync(response, context, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Whether an exception of a reader says that JSON is broken or of another shape than the API's. A reader takes bytes and does nothing else: whatever it
    /// throws, a library's own exception too, is about the answer.
    /// </summary>
    public static bool IsMalformedJson(Exception exception) => exception is not (MailServerException or OperationCanceledException or ObjectDisposedException or OutOfMemoryException);

    /// <summary>The error for a body that should be JSON of the API and is not.</summary>
    public static MailServerException CreateUnexpectedResponse(ReadOnlySpan<byte> body, HttpResponseMessage response, ApiRequestContext context, Exception? cause) =>
        FaultExceptions.CreateUnexpected(ResponseBodyClassifier.Classify(body, response), context, response.StatusCode, cause);

    private static async Task<byte[]> ReadBodyAsync(HttpResponseMessage response, ApiRequestContext context, CancellationToken cancellationToken)
    {
        byte[] body = await ReadAllAsync(response, context, cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            throw CreateFailure(body, response, context);
        }
        return body;
    }

    private static async Task<byte[]> ReadAllAsync(HttpResponseMessage response, ApiRequestContext context, CancellationToken cancellationToken)
    {
        if (context.Streams)
        {
            return await BufferAsync(response, context, cancellationToken).ConfigureAwait(false);
        }
        try
        {
            return await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (TransportErrorClassifier.Classify(e) != TransportError.None)
        {
            throw TransportExceptions.Create(e, context);
        }
    }

    // A body can be read once, and a list that does not call itself JSON is read again.
    private static async Task<byte[]> BufferAsync(HttpResponseMessage response, ApiRequestContext context, CancellationToken cancellationToken)
    {
        using HttpContent unread = response.Content;
        ResponseStream stream = await ResponseStream.OpenAsync(response, context, context.MaxResponseBytes, cancellationToken).ConfigureAwait(false);
        byte[] body = await stream.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
        response.Content = new ByteArrayContent(body) { Headers = { ContentType = unread.Headers.ContentType } };
        return body;
    }

    private static MailServerException CreateFailure(byte[] body, HttpResponseMessage response, ApiRequestContext context)
    {
        HttpStatusCode status = response.StatusCode;
        if ((int)status is >= 300 and < 400)
        {
            return FaultExceptions.CreateRedirected(context, status, response);
        }
        var fault = ServerFault.Parse(body);
        return fault switch
        {
            // A 404 of another server may look like the mail server's.
            { IsProblemDetails: true } when status != HttpStatusCode.NotFound || !fault.IsForeign => FaultExceptions.FromStatus(fault, context, status, RetryAfterHeader.GetDelay(response, context.Time.GetUtcNow())),
            { Error: not null } when context.IsOAuth && status != HttpStatusCode.NotFound => FaultExceptions.FromOAuth(fault, context, status),
            { Error: not null, IsProblemDetails: false } when status != HttpStatusCode.NotFound => FaultExceptions.FromManagement(fault, context, status),
            _ => FaultExceptions.FromForeignBody(ResponseBodyClassifier.Classify(body, response), context, status, RetryAfterHeader.GetDelay(response, context.Time.GetUtcNow())),
        };
    }

    private static T ReadEnvelope<T>(byte[] body, HttpResponseMessage response, ApiRequestContext context, DataReader<T> read)
    {
        var fault = new ServerFault();
        bool found = false;
        T? value = default;
        try
        {
            var reader = new Utf8JsonReader(body);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                throw CreateUnexpectedResponse(body, response, context, null);
            }
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                string name = reader.GetString()!;
                reader.Read();
                if (name == "data")
                {
                    value = found ? throw new JsonException("The answer has two values.") : read(ref reader);
                    found = true;
                }
                else
                {
                    fault.ReadMember(name, ref reader);
                }
            }
            // Whatever follows the object throws here.
            reader.Read();
        }
        catch (Exception e) when (IsMalformedJson(e))
        {
            throw CreateUnexpectedResponse(body, response, context, e);
        }
        if (fault.Error is not null)
        {
            // Both at once is nothing that the server sends.
            throw found ? CreateUnexpectedResponse(body, response, context, null) : FaultExceptions.FromManagement(fault, context, response.StatusCode);
        }
        return found ? value! : throw CreateUnexpectedResponse(body, response, context, null);
    }
}
