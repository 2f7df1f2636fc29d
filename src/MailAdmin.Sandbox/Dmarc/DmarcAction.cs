using System.Net;
using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Jmap;

namespace MailAdmin.Sandbox.Dmarc;

/// <summary>The action <c>TroubleshootDmarc</c>: the same test, whose results are variants.</summary>
internal sealed class DmarcAction(DmarcTest test)
{
    public JsonObject Run(JsonObject action)
    {
        var request = new DmarcTestRequest(
            IPAddress.Parse(action["remoteIp"]!.GetValue<string>()), action["ehloDomain"]!.GetValue<string>(), action["mailFrom"]!.GetValue<string>(), action["message"]?.GetValue<string>());
        DmarcFindings found = test.Run(request) ?? throw SetException.InvalidProperties("The message cannot be read.", "message");
        return new JsonObject
        {
            ["spfEhloDomain"] = found.Ehlo,
            ["spfEhloResult"] = Show(found.EhloSpf),
            ["spfMailFromDomain"] = found.Sender,
            ["spfMailFromResult"] = Show(found.Spf),
            ["ipRevResult"] = Show(found.Reverse),
            ["ipRevPtr"] = new JsonObject(found.Names.Distinct().Select(name => KeyValuePair.Create(name, (JsonNode?)true))),
            ["dkimResults"] = new JsonObject(found.Signatures.Select((signature, place) => KeyValuePair.Create($"{place}", (JsonNode?)Show(signature.Result)))),
            ["dkimPass"] = found.DkimPass,
            ["dkim2Result"] = Show(AuthResult.None),
            ["dkim2Pass"] = false,
            ["arcResult"] = Show(found.Arc),
            ["dmarcResult"] = Show(found.Dmarc),
            ["dmarcPass"] = found.Dmarc.IsPass,
            ["dmarcPolicy"] = found.Policy,
            ["elapsed"] = (long)found.Elapsed.TotalMilliseconds,
        };
    }

    private static JsonObject Show(AuthResult result)
    {
        var shown = new JsonObject { ["@type"] = char.ToUpperInvariant(result.Type[0]) + result.Type[1..] };
        if (result.Type is not ("pass" or "none"))
        {
            shown["details"] = result.Details;
        }

        return shown;
    }
}
