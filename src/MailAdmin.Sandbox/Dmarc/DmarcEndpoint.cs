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
        DmarcVerdict verdict = test.Run(DmarcTestRequest.Read(body.RootElement)) ?? throw ApiException.Other("Failed to parse message");
        return Responses.Data(json => Write(json, verdict));
    }

    private static void Write(Utf8JsonWriter json, DmarcVerdict verdict)
    {
        json.WriteStartObject();
        json.WriteString("spfEhloDomain"u8, verdict.EhloDomain);
        verdict.Ehlo.Write(json, "spfEhloResult");
        json.WriteString("spfMailFromDomain"u8, verdict.SenderDomain);
        verdict.Sender.Write(json, "spfMailFromResult");
        verdict.Reverse.Write(json, "ipRevResult");
        json.WriteStrings("ipRevPtr"u8, verdict.ReverseNames);
        json.WriteStartArray("dkimResults"u8);
        foreach (DkimResult signature in verdict.Signatures)
        {
            signature.Result.WriteValue(json);
        }

        json.WriteEndArray();
        json.WriteBoolean("dkimPass"u8, verdict.Signatures.Any(signature => signature.Result.IsPass));
        verdict.Arc.Write(json, "arcResult");
        verdict.Dmarc.Write(json, "dmarcResult");
        json.WriteBoolean("dmarcPass"u8, verdict.Dmarc.IsPass);
        json.WriteString("dmarcPolicy"u8, verdict.Policy);
        json.WriteNumber("elapsed"u8, (long)verdict.Elapsed.TotalMilliseconds);
        json.WriteEndObject();
    }
}
