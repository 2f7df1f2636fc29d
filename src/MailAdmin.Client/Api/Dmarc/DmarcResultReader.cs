using System.Text.Json;
using MailAdmin.Client.Calls;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Dmarc;

/// <summary>
/// Reads the answer of POST /troubleshoot/dmarc (docs/api.md §6.14), and of the action of 0.16 (docs/api-0.16.md §8.8): a flat object in which each result is an object with a type
/// and, at times, details. The action calls the type @type, and lists are objects there.
/// </summary>
internal static class DmarcResultReader
{
    private static readonly string[] s_known =
    [
        "spfEhloDomain", "spfEhloResult", "spfMailFromDomain", "spfMailFromResult", "ipRevResult", "ipRevPtr", "dkimResults", "dkimPass", "arcResult",
        "dmarcResult", "dmarcPass", "dmarcPolicy", "elapsed", "dkim2Result", "dkim2Pass",
    ];

    public static MailDmarcResult Read(ref Utf8JsonReader reader) => Read(JsonElement.ParseValue(ref reader), "type");

    /// <summary>The answer of the action.</summary>
    public static MailDmarcResult ReadAction(JsonElement data)
    {
        try
        {
            return Read(data, "@type");
        }
        catch (Exception e) when (ResponseReader.IsMalformedJson(e))
        {
            throw new MailServerException(MailErrorCode.UnexpectedResponse, Operations.CallJmap, "The answer to the test is not one of the server's.", e);
        }
    }

    private static MailDmarcResult Read(JsonElement data, string type) => new()
    {
        // Not a guess: without it there is no verdict.
        Pass = data.GetProperty("dmarcPass").GetBoolean(),
        SpfEhlo = ReadCheck(data, type, "spfEhloResult", data.GetText("spfEhloDomain")),
        SpfMailFrom = ReadCheck(data, type, "spfMailFromResult", data.GetText("spfMailFromDomain")),
        IpRev = ReadCheck(data, type, "ipRevResult"),
        PtrRecord = new StringList(ReadNames(data, "ipRevPtr")),
        Dkim = new ItemList<AuthenticationCheck>(EnumerateItems(data, "dkimResults").Select(result => ParseCheck(result, type, null))),
        DkimPass = data.TryGetProperty("dkimPass", out JsonElement pass) && pass.ValueKind == JsonValueKind.True,
        Dkim2 = data.TryGetProperty("dkim2Result", out _) ? ReadCheck(data, type, "dkim2Result") : null,
        Dkim2Pass = data.TryGetProperty("dkim2Pass", out JsonElement pass2) && pass2.ValueKind is JsonValueKind.True or JsonValueKind.False ? pass2.GetBoolean() : null,
        Arc = ReadCheck(data, type, "arcResult"),
        Dmarc = ReadCheck(data, type, "dmarcResult"),
        Policy = DmarcPolicy.Parse(data.GetText("dmarcPolicy") ?? DmarcPolicy.Unspecified.Name),
        Elapsed = TimeSpan.FromMilliseconds(data.TryGetProperty("elapsed", out JsonElement elapsed) && elapsed.TryGetInt64(out long milliseconds) ? milliseconds : 0),
        AdditionalData = data.GetUnknownMembers(s_known),
    };

    private static AuthenticationCheck ReadCheck(JsonElement data, string type, string name, string? domain = null) =>
        data.TryGetProperty(name, out JsonElement result) && result.ValueKind == JsonValueKind.Object ? ParseCheck(result, type, domain) : new AuthenticationCheck(AuthenticationResult.Unspecified, domain, null);

    private static AuthenticationCheck ParseCheck(JsonElement result, string type, string? domain) => new(AuthenticationResult.Parse(result.GetText(type) ?? AuthenticationResult.Unspecified.Name), domain, result.GetText("details"))
    {
        AdditionalData = result.GetUnknownMembers(type, "details"),
    };

    // A set has its elements as names.
    private static IEnumerable<string> ReadNames(JsonElement data, string name) => data.TryGetProperty(name, out JsonElement names) && names.ValueKind == JsonValueKind.Object
        ? names.EnumerateObject().Select(member => member.Name)
        : EnumerateItems(data, name).Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!);

    private static IEnumerable<JsonElement> EnumerateItems(JsonElement data, string name) => !data.TryGetProperty(name, out JsonElement list) ? []
        : list.ValueKind == JsonValueKind.Array ? list.EnumerateArray()
        : list.ValueKind == JsonValueKind.Object ? list.EnumerateObject().Select(member => member.Value)
        : [];
}
