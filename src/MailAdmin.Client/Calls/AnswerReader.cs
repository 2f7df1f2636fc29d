// Reads an answer: the value it holds, or the one exception (contract §2.6).
using System.Net;
using System.Text.Json;

namespace MailAdmin.Client.Calls;

/// <summary>Reads the value of <c>data</c>; the reader stands on its first token and is left on its last.</summary>
internal delegate T DataReader<out T>(ref Utf8JsonReader reader);

/// <summary>Turns every form of answer into a value or a <see cref="MailServerException"/>.</summary>
internal static class AnswerReader
{
    /// <summary>The value of <c>data</c>.</summary>
    public static async Task<T> ReadDataAsync<T>(HttpResponseMessage response, Call call, DataReader<T> read, CancellationToken cancellationToken)
    {
        byte[] body = await ReadBodyAsync(response, call, cancellationToken).ConfigureAwait(false);
        return Envelope(body, response, call, read);
    }

    /// <summary>Checks that the answer is a success whose value does not matter.</summary>
    public static Task ReadDoneAsync(HttpResponseMessage response, Call call, CancellationToken cancellationToken) =>
        ReadDataAsync(response, call, static (ref Utf8JsonReader reader) =>
        {
            reader.Skip();
            return true;
        }, cancellationToken);

    /// <summary>A bare object, as the endpoints under /auth send it.</summary>
    public static async Task<T> ReadBareAsync<T>(HttpResponseMessage response, Call call, DataReader<T> read, CancellationToken cancellationToken)
    {
        byte[] body = await ReadBodyAsync(response, call, cancellationToken).ConfigureAwait(false);
        try
        {
            var reader = new Utf8JsonReader(body);
            if (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            {
                return read(ref reader);
            }
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            throw NotJson(body, response, call, e);
        }
        throw NotJson(body, response, call, null);
    }

    /// <summary>The bytes of a success, whatever they are; an HTTP-200 error in JSON is still one.</summary>
    public static async Task<byte[]> ReadBytesAsync(HttpResponseMessage response, Call call, CancellationToken cancellationToken)
    {
        byte[] body = await ReadBodyAsync(response, call, cancellationToken).ConfigureAwait(false);
        if (IsJson(response) && ServerFault.Read(body) is { Error: not null } fault)
        {
            throw FaultExceptions.FromManagement(fault, call, response.StatusCode);
        }
        return body;
    }

    /// <summary>Throws unless the status is a success; the body is then still unread.</summary>
    public static async Task EnsureSuccessAsync(HttpResponseMessage response, Call call, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
        {
            await ReadBodyAsync(response, call, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Whether an exception says that JSON is broken or of another shape than the API's.</summary>
    public static bool IsUnreadable(Exception exception) =>
        exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or OverflowException;

    /// <summary>Whether the answer calls itself JSON.</summary>
    public static bool IsJson(HttpResponseMessage response) =>
        response.Content.Headers.ContentType?.MediaType is { } type && type.EndsWith("json", StringComparison.OrdinalIgnoreCase);

    /// <summary>The error for a body that should be JSON of the API and is not.</summary>
    public static MailServerException NotJson(ReadOnlySpan<byte> body, HttpResponseMessage response, Call call, Exception? cause) =>
        FaultExceptions.Unexpected(BodyForms.Of(body, response), call, response.StatusCode, cause);

    private static async Task<byte[]> ReadBodyAsync(HttpResponseMessage response, Call call, CancellationToken cancellationToken)
    {
        byte[] body = await ReadAllAsync(response, call, cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            throw Failure(body, response, call);
        }
        return body;
    }

    private static async Task<byte[]> ReadAllAsync(HttpResponseMessage response, Call call, CancellationToken cancellationToken)
    {
        try
        {
            return await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (TransportFaults.Of(e) != TransportFault.None)
        {
            throw TransportExceptions.From(e, call);
        }
    }

    private static MailServerException Failure(byte[] body, HttpResponseMessage response, Call call)
    {
        HttpStatusCode status = response.StatusCode;
        if ((int)status is >= 300 and < 400)
        {
            return FaultExceptions.Redirected(call, status, response);
        }
        var fault = ServerFault.Read(body);
        return fault switch
        {
            { IsProblem: true } => FaultExceptions.FromStatus(fault, call, status, RetryAfter(response)),
            { Error: not null } when call.IsOAuth => FaultExceptions.FromOAuth(fault, call, status),
            { Error: not null } => FaultExceptions.FromManagement(fault, call, status),
            _ => FaultExceptions.FromForeign(BodyForms.Of(body, response), call, status, RetryAfter(response)),
        };
    }

    private static TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter?.Delta;

    private static T Envelope<T>(byte[] body, HttpResponseMessage response, Call call, DataReader<T> read)
    {
        var fault = new ServerFault();
        bool found = false;
        T? value = default;
        try
        {
            var reader = new Utf8JsonReader(body);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                throw NotJson(body, response, call, null);
            }
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                string name = reader.GetString()!;
                reader.Read();
                if (name == "data")
                {
                    value = read(ref reader);
                    found = true;
                }
                else
                {
                    fault.Take(name, ref reader);
                }
            }
            // Whatever follows the object throws here.
            reader.Read();
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            throw NotJson(body, response, call, e);
        }
        if (fault.Error is not null)
        {
            throw FaultExceptions.FromManagement(fault, call, response.StatusCode);
        }
        return found ? value! : throw NotJson(body, response, call, null);
    }
}
