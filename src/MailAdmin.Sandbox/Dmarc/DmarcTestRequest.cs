using System.Net;
using System.Text.Json;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Dmarc;

/// <summary>What <c>POST /troubleshoot/dmarc</c> asks: a message, or none, as it would arrive from an address.</summary>
internal sealed record DmarcTestRequest(IPAddress RemoteIp, string EhloDomain, string MailFrom, string? Body)
{
    public static DmarcTestRequest Parse(JsonElement json)
    {
        string? ip = json.GetOptionalString("remoteIp");
        return IPAddress.TryParse(ip, out IPAddress? address)
            ? new DmarcTestRequest(address, json.GetRequiredString("ehloDomain"), json.GetRequiredString("mailFrom"), json.GetOptionalString("body"))
            : throw ApiException.BadParameters();
    }
}
