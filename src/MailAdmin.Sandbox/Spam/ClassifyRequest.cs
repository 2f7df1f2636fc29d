using System.Net;
using System.Text;
using System.Text.Json;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Spam;

/// <summary>Reads the body of <c>POST /api/spam-filter/classify</c>.</summary>
internal static class ClassifyRequest
{
    public static SpamInput Parse(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            throw Refusal.BadParameters();
        }

        byte[] message = Encoding.UTF8.GetBytes(Required(body, "message"));
        IPAddress address = IPAddress.TryParse(Required(body, "remoteIp"), out IPAddress? parsed) ? parsed : throw Refusal.BadParameters();
        string ehlo = Text(body, "ehloDomain") ?? "";
        string? authenticatedAs = Text(body, "authenticatedAs");
        bool isTls = Flag(body, "isTls");
        string from = Required(body, "envFrom");
        RequireNumber(body, "envFromFlags");
        string[] recipients = Texts(body, "envRcptTo");
        return new SpamInput(
            MessageText.Parse(message),
            address,
            ehlo.ToLowerInvariant(),
            authenticatedAs,
            isTls,
            from.ToLowerInvariant(),
            Array.ConvertAll(recipients, recipient => recipient.ToLowerInvariant()));
    }

    private static string Required(JsonElement body, string name) => Text(body, name) ?? throw Refusal.BadParameters();

    private static string? Text(JsonElement body, string name)
    {
        if (!body.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.String ? value.GetString() : throw Refusal.BadParameters();
    }

    private static bool Flag(JsonElement body, string name)
    {
        if (!body.TryGetProperty(name, out JsonElement value))
        {
            return false;
        }

        return value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Refusal.BadParameters();
    }

    /// <summary>The flags of MAIL FROM say how the message was sent, which changes nothing here; but they have to be there.</summary>
    private static void RequireNumber(JsonElement body, string name)
    {
        if (!body.TryGetProperty(name, out JsonElement value) || value.ValueKind != JsonValueKind.Number || !value.TryGetUInt64(out _))
        {
            throw Refusal.BadParameters();
        }
    }

    private static string[] Texts(JsonElement body, string name)
    {
        if (!body.TryGetProperty(name, out JsonElement value) || value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.String))
        {
            throw Refusal.BadParameters();
        }

        return [.. value.EnumerateArray().Select(item => item.GetString()!)];
    }
}
