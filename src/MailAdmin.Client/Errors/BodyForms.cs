using System.Text.Json;

namespace MailAdmin.Client.Errors;

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
