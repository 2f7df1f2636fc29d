using System.Net;
using System.Text;
using System.Text.Json;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Spam;

/// <summary>Reads the body of <c>POST /api/spam-filter/classify</c>.</summary>
internal static class ClassifyRequestParser
{
    public static SpamInput Parse(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            throw ApiException.BadParameters();
        }

        byte[] message = Encoding.UTF8.GetBytes(GetRequiredString(body, "message"));
        IPAddress address = IPAddress.TryParse(GetRequiredString(body, "remoteIp"), out IPAddress? parsed) ? parsed : throw ApiException.BadParameters();
        string ehlo = GetOptionalString(body, "ehloDomain") ?? "";
        string? authenticatedAs = GetOptionalString(body, "authenticatedAs");
        bool isTls = GetBoolean(body, "isTls");
        string from = GetRequiredString(body, "envFrom");
        RequireNumber(body, "envFromFlags");
        string[] recipients = GetStrings(body, "envRcptTo");
        return new SpamInput(
            MessageText.Parse(message),
            address,
            ehlo.ToLowerInvariant(),
            authenticatedAs,
            isTls,
            from.ToLowerInvariant(),
            Array.ConvertAll(recipients, recipient => recipient.ToLowerInvariant()));
    }

    private static string GetRequiredString(JsonElement body, string name) => GetOptionalString(body, name) ?? throw ApiException.BadParameters();

    private static string? GetOptionalString(JsonElement body, string name)
    {
        if (!body.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.String ? value.GetString() : throw ApiException.BadParameters();
    }

    private static bool GetBoolean(JsonElement body, string name)
    {
        if (!body.TryGetProperty(name, out JsonElement value))
        {
            return false;
        }

        return value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw ApiException.BadParameters();
    }

    /// <summary>The flags of MAIL FROM say how the message was sent, which changes nothing here; but they have to be there.</summary>
    private static void RequireNumber(JsonElement body, string name)
    {
        if (!body.TryGetProperty(name, out JsonElement value) || value.ValueKind != JsonValueKind.Number || !value.TryGetUInt64(out _))
        {
            throw ApiException.BadParameters();
        }
    }

    private static string[] GetStrings(JsonElement body, string name)
    {
        if (!body.TryGetProperty(name, out JsonElement value) || value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.String))
        {
            throw ApiException.BadParameters();
        }

        return [.. value.EnumerateArray().Select(item => item.GetString()!)];
    }
}
