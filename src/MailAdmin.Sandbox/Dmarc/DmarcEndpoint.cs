using System.Text.Json;
using MailAdmin.Sandbox.Api;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Dmarc;

/// <summary><c>POST /api/troubleshoot/dmarc</c>.</summary>
internal sealed class DmarcEndpoint(DmarcTest test)
{
    public SandboxResponse Test(ApiCall call)
    {
        call.Caller.Require("troubleshoot");
        using JsonDocument body = call.ParseBody();
        DmarcFindings found = test.Run(DmarcTestRequest.Read(body.RootElement)) ?? throw ApiException.Other("Failed to parse message");
        return Responses.Data(json => Write(json, found));
    }

    private static void Write(Utf8JsonWriter json, DmarcFindings found)
    {
        json.WriteStartObject();
        json.WriteString("spfEhloDomain"u8, found.Ehlo);
        found.EhloSpf.Write(json, "spfEhloResult");
        json.WriteString("spfMailFromDomain"u8, found.Sender);
        found.Spf.Write(json, "spfMailFromResult");
        found.Reverse.Write(json, "ipRevResult");
        json.WriteStrings("ipRevPtr"u8, found.Names);
        json.WriteStartArray("dkimResults"u8);
        foreach (DkimResult signature in found.Signatures)
        {
            signature.Result.WriteValue(json);
        }

        json.WriteEndArray();
        json.WriteBoolean("dkimPass"u8, found.DkimPass);
        found.Arc.Write(json, "arcResult");
        found.Dmarc.Write(json, "dmarcResult");
        json.WriteBoolean("dmarcPass"u8, found.Dmarc.IsPass);
        json.WriteString("dmarcPolicy"u8, found.Policy);
        json.WriteNumber("elapsed"u8, (long)found.Elapsed.TotalMilliseconds);
        json.WriteEndObject();
    }
}
