using System.Net;
using System.Text.Json;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Dmarc;

/// <summary>What <c>POST /troubleshoot/dmarc</c> asks: a message, or none, as it would arrive from an address.</summary>
internal sealed record DmarcTestRequest(IPAddress RemoteIp, string EhloDomain, string MailFrom, string? Body)
{
    public static DmarcTestRequest Parse(JsonElement json)
    {
        string? ip = GetOptionalString(json, "remoteIp");
        return IPAddress.TryParse(ip, out IPAddress? address)
            ? new DmarcTestRequest(address, GetOptionalString(json, "ehloDomain") ?? throw ApiException.BadParameters(), GetOptionalString(json, "mailFrom") ?? throw ApiException.BadParameters(), GetOptionalString(json, "body"))
            : throw ApiException.BadParameters();
    }

    private static string? GetOptionalString(JsonElement json, string name)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw ApiException.BadParameters();
        }

        if (!json.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.String ? value.GetString() : throw ApiException.BadParameters();
    }
}
