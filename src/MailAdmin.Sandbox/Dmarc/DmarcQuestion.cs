using System.Net;
using System.Text.Json;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Dmarc;

/// <summary>What <c>POST /troubleshoot/dmarc</c> asks: a message, or none, as it would arrive from an address.</summary>
internal sealed record DmarcQuestion(IPAddress RemoteIp, string EhloDomain, string MailFrom, string? Body)
{
    public static DmarcQuestion Parse(JsonElement json)
    {
        string? ip = Text(json, "remoteIp");
        return IPAddress.TryParse(ip, out IPAddress? address)
            ? new DmarcQuestion(address, Text(json, "ehloDomain") ?? throw Refusal.BadParameters(), Text(json, "mailFrom") ?? throw Refusal.BadParameters(), Text(json, "body"))
            : throw Refusal.BadParameters();
    }

    private static string? Text(JsonElement json, string name)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw Refusal.BadParameters();
        }

        if (!json.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.String ? value.GetString() : throw Refusal.BadParameters();
    }
}
