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

        byte[] message = Encoding.UTF8.GetBytes(body.GetRequiredString("message"));
        IPAddress address = IPAddress.TryParse(body.GetRequiredString("remoteIp"), out IPAddress? parsed) ? parsed : throw ApiException.BadParameters();
        string ehlo = body.GetOptionalString("ehloDomain") ?? "";
        string? authenticatedAs = body.GetOptionalString("authenticatedAs");
        bool isTls = body.GetOptionalBoolean("isTls") ?? false;
        string from = body.GetRequiredString("envFrom");
        RequireNumber(body, "envFromFlags");
        string[] recipients = body.GetRequiredStrings("envRcptTo");
        return new SpamInput(
            MessageText.Parse(message),
            address,
            ehlo.ToLowerInvariant(),
            authenticatedAs,
            isTls,
            from.ToLowerInvariant(),
            Array.ConvertAll(recipients, recipient => recipient.ToLowerInvariant()));
    }

    /// <summary>The flags of MAIL FROM have no effect here, but they are required.</summary>
    private static void RequireNumber(JsonElement body, string name)
    {
        if (!body.TryGetProperty(name, out JsonElement value) || value.ValueKind != JsonValueKind.Number || !value.TryGetUInt64(out _))
        {
            throw ApiException.BadParameters();
        }
    }
}
