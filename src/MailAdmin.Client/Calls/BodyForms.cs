using System.Text.Json;

namespace MailAdmin.Client.Calls;

/// <summary>Recognises what stands in the place of an answer of the API.</summary>
internal static class BodyForms
{
    public static BodyForm Of(ReadOnlySpan<byte> body, HttpResponseMessage response)
    {
        ReadOnlySpan<byte> text = body.TrimStart("\uFEFF \t\r\n"u8);
        if (text.IsEmpty)
        {
            return BodyForm.Empty;
        }
        string? type = response.Content.Headers.ContentType?.MediaType;
        if (type == "application/octet-stream")
        {
            // A blob may begin with anything.
            return BodyForm.Other;
        }
        if (text[0] == (byte)'<' || type is "text/html" or "application/xhtml+xml")
        {
            return BodyForm.Html;
        }
        return AnswerReader.IsJson(response) || text[0] is (byte)'{' or (byte)'['
            ? (IsWhole(text) ? BodyForm.OtherJson : BodyForm.BrokenJson)
            : BodyForm.Other;
    }

    private static bool IsWhole(ReadOnlySpan<byte> text)
    {
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

/// <summary>What a body is that is no answer of the API.</summary>
internal enum BodyForm
{
    /// <summary>No byte.</summary>
    Empty,

    /// <summary>A page for a browser.</summary>
    Html,

    /// <summary>JSON that ends too early or is no JSON after all.</summary>
    BrokenJson,

    /// <summary>JSON of another shape than the API's.</summary>
    OtherJson,

    /// <summary>Anything else.</summary>
    Other,
}
