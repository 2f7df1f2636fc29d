using System.Net;
using System.Text.Json;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Dmarc;

/// <summary>The body of <c>POST /troubleshoot/dmarc</c>: the connection, the envelope sender and, optionally, a message.</summary>
internal sealed record DmarcTestRequest(IPAddress RemoteIp, string EhloDomain, string MailFrom, string? Body)
{
    public static DmarcTestRequest Read(JsonElement json) =>
        new(IPAddress.Parse(json.GetText("remoteIp")), json.GetText("ehloDomain"), json.GetText("mailFrom"), json.FindText("body"));
}
