using System.Text.Json;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Dmarc;

/// <summary>Reads the answer of POST /troubleshoot/dmarc (docs/api.md §6.14): a flat object in which each result is an object with a type and, at times, details.</summary>
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
            SpfEhlo = ReadCheck(data, "spfEhloResult", data.GetText("spfEhloDomain")),
            SpfMailFrom = ReadCheck(data, "spfMailFromResult", data.GetText("spfMailFromDomain")),
            IpRev = ReadCheck(data, "ipRevResult"),
            PtrRecord = new StringList(EnumerateItems(data, "ipRevPtr").Where(name => name.ValueKind == JsonValueKind.String).Select(name => name.GetString()!)),
            Dkim = new ItemList<AuthenticationCheck>(EnumerateItems(data, "dkimResults").Select(result => ParseCheck(result, null))),
            DkimPass = data.TryGetProperty("dkimPass", out JsonElement pass) && pass.ValueKind == JsonValueKind.True,
            Arc = ReadCheck(data, "arcResult"),
            Dmarc = ReadCheck(data, "dmarcResult"),
            Policy = DmarcPolicy.Parse(data.GetText("dmarcPolicy") ?? DmarcPolicy.Unspecified.Name),
            Elapsed = TimeSpan.FromMilliseconds(data.TryGetProperty("elapsed", out JsonElement elapsed) && elapsed.TryGetInt64(out long milliseconds) ? milliseconds : 0),
            AdditionalData = data.GetUnknownMembers(s_known),
        };
    }

    private static AuthenticationCheck ReadCheck(JsonElement data, string name, string? domain = null) =>
        data.TryGetProperty(name, out JsonElement result) && result.ValueKind == JsonValueKind.Object ? ParseCheck(result, domain) : new AuthenticationCheck(AuthenticationResult.Unspecified, domain, null);

    private static AuthenticationCheck ParseCheck(JsonElement result, string? domain) => new(AuthenticationResult.Parse(result.GetText("type") ?? AuthenticationResult.Unspecified.Name), domain, result.GetText("details"))
    {
        AdditionalData = result.GetUnknownMembers("type", "details"),
    };

    private static JsonElement.ArrayEnumerator EnumerateItems(JsonElement data, string name) =>
        data.TryGetProperty(name, out JsonElement list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : default;
}
