// The answer of the DMARC test: a flat object, each result an object with a type and, at times, details.
using System.Text.Json;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Dmarc;

/// <summary>Reads what /troubleshoot/dmarc answers (contract §6.14).</summary>
internal static class DmarcResultReader
{
    private static readonly string[] s_known =
    [
        "spfEhloDomain", "spfEhloResult", "spfMailFromDomain", "spfMailFromResult", "ipRevResult", "ipRevPtr", "dkimResults", "dkimPass", "arcResult",
        "dmarcResult", "dmarcPass", "dmarcPolicy", "elapsed",
    ];

    public static MailDmarcResult Read(ref Utf8JsonReader reader)
    {
        var data = JsonElement.ParseValue(ref reader);
        return new MailDmarcResult
        {
            // Not a guess: without it there is no verdict.
            Pass = data.GetProperty("dmarcPass").GetBoolean(),
            SpfEhlo = Member(data, "spfEhloResult", data.Text("spfEhloDomain")),
            SpfMailFrom = Member(data, "spfMailFromResult", data.Text("spfMailFromDomain")),
            IpRev = Member(data, "ipRevResult"),
            PtrRecord = new StringList(Items(data, "ipRevPtr").Where(name => name.ValueKind == JsonValueKind.String).Select(name => name.GetString()!)),
            Dkim = new ItemList<AuthenticationCheck>(Items(data, "dkimResults").Select(result => Check(result, null))),
            DkimPass = data.TryGetProperty("dkimPass", out JsonElement pass) && pass.ValueKind == JsonValueKind.True,
            Arc = Member(data, "arcResult"),
            Dmarc = Member(data, "dmarcResult"),
            Policy = DmarcPolicy.Parse(data.Text("dmarcPolicy") ?? DmarcPolicy.Unspecified.Name),
            Elapsed = TimeSpan.FromMilliseconds(data.TryGetProperty("elapsed", out JsonElement elapsed) && elapsed.TryGetInt64(out long milliseconds) ? milliseconds : 0),
            AdditionalData = data.Except(s_known),
        };
    }

    private static AuthenticationCheck Member(JsonElement data, string name, string? domain = null) =>
        data.TryGetProperty(name, out JsonElement result) && result.ValueKind == JsonValueKind.Object ? Check(result, domain) : new AuthenticationCheck(default, domain, null);

    private static AuthenticationCheck Check(JsonElement result, string? domain) => new(AuthenticationResult.Parse(result.Text("type") ?? AuthenticationResult.Unspecified.Name), domain, result.Text("details"))
    {
        AdditionalData = result.Except("type", "details"),
    };

    private static JsonElement.ArrayEnumerator Items(JsonElement data, string name) =>
        data.TryGetProperty(name, out JsonElement list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : default;
}
