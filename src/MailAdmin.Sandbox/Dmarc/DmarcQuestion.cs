using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Jmap;
using MailAdmin.Sandbox.Registry;

namespace MailAdmin.Sandbox.Dmarc;

/// <summary>The action <c>TroubleshootDmarc</c>: an action that answers.</summary>
internal static class DmarcQuestion
{
    /// <summary>Answers it.</summary>
    /// <exception cref="SetException">The message is none.</exception>
    public static JsonObject Answer(DmarcTest test, JsonObject action)
    {
        var request = new DmarcTestRequest(
            IPAddress.Parse(action["remoteIp"]!.GetValue<string>()),
            action["ehloDomain"]!.GetValue<string>(),
            action["mailFrom"]!.GetValue<string>(),
            action["message"]?.GetValue<string>());
        DmarcVerdict verdict = test.Run(request) ?? throw SetException.InvalidProperties("The message could not be parsed.", "message");
        return new JsonObject
        {
            ["spfEhloDomain"] = verdict.EhloDomain,
            ["spfEhloResult"] = Show(verdict.Ehlo, hasDetails: false),
            ["spfMailFromDomain"] = verdict.SenderDomain,
            ["spfMailFromResult"] = Show(verdict.Sender, hasDetails: false),
            ["ipRevResult"] = Show(verdict.Reverse),
            ["ipRevPtr"] = ObjectCreator.Set(verdict.ReverseNames),
            ["dkimResults"] = new JsonObject(verdict.Signatures.Select((signature, place) =>
                KeyValuePair.Create(place.ToString(CultureInfo.InvariantCulture), (JsonNode?)Show(signature.Result)))),
            ["dkimPass"] = verdict.Signatures.Any(signature => signature.Result.IsPass),
            ["dkim2Result"] = Show(AuthResult.None),
            ["dkim2Pass"] = false,
            ["arcResult"] = Show(verdict.Arc),
            ["dmarcResult"] = Show(verdict.Dmarc),
            ["dmarcPass"] = verdict.Dmarc.IsPass,
            ["dmarcPolicy"] = verdict.Policy,
            ["elapsed"] = (long)verdict.Elapsed.TotalMilliseconds,
        };
    }

    /// <summary>SPF gives no reasons.</summary>
    private static JsonObject Show(AuthResult result, bool hasDetails = true)
    {
        JsonObject shown = ObjectCreator.Variant(char.ToUpperInvariant(result.Type[0]) + result.Type[1..]);
        if (result.Type is not ("pass" or "none"))
        {
            shown["details"] = hasDetails ? result.Details : null;
        }

        return shown;
    }
}
