using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MailAdmin.Sandbox.Http;

/// <summary>The forms of success: <c>{"data": …}</c>, bare objects, problem documents with status 200.</summary>
internal static class Responses
{
    public const string JsonMediaType = "application/json; charset=utf-8";
    public const string ProblemJsonMediaType = "application/problem+json";

    private static readonly byte[] s_nullDataBody = "{\"data\":null}"u8.ToArray();

    private static readonly JsonSerializerOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The server does not escape letters beyond ASCII.</summary>
    public static JsonWriterOptions WriterOptions { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static SandboxResponse Success() => new(200, JsonMediaType, s_nullDataBody);

    public static SandboxResponse Data(Action<Utf8JsonWriter> write) => Object(200, writer =>
    {
        writer.WritePropertyName("data"u8);
        write(writer);
    });

    public static SandboxResponse Data(bool value) => Data(writer => writer.WriteBooleanValue(value));

    public static SandboxResponse Data(string value) => Data(writer => writer.WriteStringValue(value));

    public static SandboxResponse Data(ulong value) => Data(writer => writer.WriteNumberValue(value));

    /// <summary>A page of a list: <c>{"data":{"items":[…],"total":…}}</c>.</summary>
    public static SandboxResponse Page<T>(IEnumerable<T> items, long total, Action<Utf8JsonWriter, T> writeItem) => Data(writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartArray("items"u8);
        foreach (T item in items)
        {
            writeItem(writer, item);
        }

        writer.WriteEndArray();
        writer.WriteNumber("total"u8, total);
        writer.WriteEndObject();
    });

    /// <summary>An object of which the caller writes the members.</summary>
    public static SandboxResponse Object(int status, Action<Utf8JsonWriter> writeMembers, string contentType = JsonMediaType)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
        {
            writer.WriteStartObject();
            writeMembers(writer);
            writer.WriteEndObject();
        }

        return new SandboxResponse(status, contentType, buffer.WrittenMemory);
    }

    /// <summary>JSON that is there already.</summary>
    public static SandboxResponse Json(JsonNode json) => new(200, JsonMediaType, JsonSerializer.SerializeToUtf8Bytes(json, s_options));

    /// <summary>Sends the caller to another path.</summary>
    public static SandboxResponse Redirect(int status, string location) =>
        new(status, null, ReadOnlyMemory<byte>.Empty) { Headers = [KeyValuePair.Create("Location", location)] };

    public static SandboxResponse NoContent() => new(204, null, ReadOnlyMemory<byte>.Empty);

    public static SandboxResponse Problem(int status, string? title, string detail, string? limit = null) => Object(
        status,
        writer =>
        {
            writer.WriteString("type"u8, limit is null ? "about:blank" : "urn:ietf:params:jmap:error:limit");
            writer.WriteNumber("status"u8, status);
            if (title is not null)
            {
                writer.WriteString("title"u8, title);
            }

            writer.WriteString("detail"u8, detail);
            if (limit is not null)
            {
                writer.WriteString("limit"u8, limit);
            }
        },
        ProblemJsonMediaType);

    /// <summary>An error of the management API, which comes with status 200.</summary>
    public static SandboxResponse Error(string error, params ReadOnlySpan<(string Name, string? Value)> members)
    {
        (string Name, string? Value)[] copy = members.ToArray();
        return Object(200, writer =>
        {
            writer.WriteString("error"u8, error);
            foreach ((string name, string? value) in copy)
            {
                writer.WriteString(name, value);
            }
        });
    }

    /// <summary>An error of the OAuth endpoints: status 400 and nothing but a code.</summary>
    public static SandboxResponse OAuthError(string error) => Object(400, writer => writer.WriteString("error"u8, error));

    public static SandboxResponse Empty(int status) => new(status, ProblemJsonMediaType, ReadOnlyMemory<byte>.Empty);
}
