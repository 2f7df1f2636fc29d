using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace MailAdmin.Client.Calls;

/// <summary>Classifies a body that is not an answer of the API.</summary>
internal static class ResponseBodyClassifier
{
    public static ResponseBodyKind Classify(ReadOnlySpan<byte> body, HttpResponseMessage response)
    {
        ReadOnlySpan<byte> text = body.TrimStart("\uFEFF \t\r\n"u8);
        if (text.IsEmpty)
        {
            return ResponseBodyKind.Empty;
        }
        string? type = response.Content.Headers.ContentType?.MediaType;
        if (type == "application/octet-stream")
        {
            // A blob may begin with anything.
            return ResponseBodyKind.Other;
        }
        if (text[0] == (byte)'<' || type is "text/html" or "application/xhtml+xml")
        {
            return ResponseBodyKind.Html;
        }
        return IsJson(response) || text[0] is (byte)'{' or (byte)'['
            ? (IsCompleteJson(text) ? ResponseBodyKind.OtherJson : ResponseBodyKind.BrokenJson)
            : ResponseBodyKind.Other;
    }

    /// <summary>Whether the answer calls itself JSON.</summary>
    public static bool IsJson(HttpResponseMessage response) =>
        response.Content.Headers.ContentType?.MediaType is { } type && type.EndsWith("json", StringComparison.OrdinalIgnoreCase);

    /// <summary>The kind of a body that began as JSON, by what its reader threw: of broken JSON the parser says where it stopped, or that its text is no UTF-8.</summary>
    public static ResponseBodyKind Classify(Exception readerError) =>
        readerError is JsonException { LineNumber: not null } or InvalidOperationException { InnerException: DecoderFallbackException }
            ? ResponseBodyKind.BrokenJson
            : ResponseBodyKind.OtherJson;

    private static bool IsCompleteJson(ReadOnlySpan<byte> text)
    {
        if (!Utf8.IsValid(text))
        {
            return false;
        }
        try
        {
            var reader = new Utf8JsonReader(text);
            while (reader.Read())
            {
            }
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}

/// <summary>The kinds of body that are not an answer of the API.</summary>
internal enum ResponseBodyKind
{
    /// <summary>Not one byte.</summary>
    Empty,

    /// <summary>A web page.</summary>
    Html,

    /// <summary>JSON that ends too early or is not valid JSON.</summary>
    BrokenJson,

    /// <summary>JSON of another shape than the API's.</summary>
    OtherJson,

    /// <summary>Anything else.</summary>
    Other,
}
