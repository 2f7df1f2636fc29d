using System.Net;
using System.Text.Json;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Dmarc;

/// <summary>The body of <c>POST /troubleshoot/dmarc</c>: the connection, the envelope sender and, optionally, a message.</summary>
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
