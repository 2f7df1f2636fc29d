using System.Globalization;
using System.Text.Json;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Delivery;

/// <summary>Reads the stages of a delivery test one after the other, and remembers which exchanger and address they are about. Stage names are camelCase, their fields snake_case (docs/api.md §7.4), from 0.16 on camelCase too.</summary>
internal sealed class DeliveryStageReader(string target)
{
    private static readonly (string Ending, DeliveryOutcome Outcome)[] s_suffixes =
    [
        ("Start", DeliveryOutcome.Started), ("Success", DeliveryOutcome.Succeeded), ("NotFound", DeliveryOutcome.NotFound),
        ("Error", DeliveryOutcome.Failed), ("Completed", DeliveryOutcome.Succeeded),
    ];

    private string? _hostname;
    private string? _remoteIp;

    /// <summary>The stage that <paramref name="json"/> describes.</summary>
    /// <exception cref="JsonException">It is not a stage.</exception>
    public MailDeliveryStage Read(JsonElement json)
    {
        string word = json.GetText("type") ?? throw new JsonException("There is no type in the stage.");
        (DeliveryStep step, DeliveryOutcome outcome) = ParseStage(word);
        TrackHost(step, json);
        return new MailDeliveryStage
        {
            Target = target,
            Stage = word,
            Step = step,
            Outcome = outcome,
            Hostname = _hostname,
            RemoteIp = _remoteIp,
            Elapsed = json.TryGetProperty("elapsed", out JsonElement elapsed) && elapsed.TryGetDouble(out double milliseconds) ? TimeSpan.FromMilliseconds(milliseconds) : null,
            Reason = json.GetText("reason"),
            Mx = ReadList(json, "mxs", ReadExchanger),
            MtaSts = json.TryGetProperty("policy", out JsonElement policy) ? ReadPolicy(policy) : null,
            TlsReportUri = ReadTexts(json, "rua", ReadReportUri),
            Tlsa = json.TryGetProperty("record", out JsonElement record) ? ReadList(record, "entries", ReadTlsa) : ItemList<TlsaRecord>.Empty,
            RemoteIps = ReadTexts(json, json.TryGetProperty("remoteIps", out _) ? "remoteIps" : "remote_ips", item => item.GetString()),
            AdditionalData = json.GetUnknownMembers("type", "elapsed", "reason", "mxs", "policy", "rua", "record", "remote_ips", "remote_ip", "remoteIps", "remoteIp", "hostname", "domain"),
        };
    }

    private static (DeliveryStep Step, DeliveryOutcome Outcome) ParseStage(string word)
    {
        foreach ((string ending, DeliveryOutcome outcome) in s_suffixes)
        {
            if (word.EndsWith(ending, StringComparison.Ordinal) && word.Length > ending.Length)
            {
                return (ParseStep(word[..^ending.Length]), outcome);
            }
        }
        return (DeliveryStep.Parse(word), DeliveryOutcome.Succeeded);
    }

    // Where nothing was found the server names the thing rather than the step: mtaStsNotFound, tlsRptNotFound, tlsaNotFound.
    private static DeliveryStep ParseStep(string word) => word switch
    {
        "mtaSts" => DeliveryStep.MtaStsFetch,
        "tlsRpt" => DeliveryStep.TlsRptLookup,
        "tlsa" => DeliveryStep.TlsaLookup,
        _ => DeliveryStep.Parse(word),
    };

    private void TrackHost(DeliveryStep step, JsonElement json)
    {
        if (step == DeliveryStep.DeliveryAttempt)
        {
            (_hostname, _remoteIp) = (json.GetText("hostname"), null);
        }
        else if ((json.GetText("remoteIp") ?? json.GetText("remote_ip")) is { } address)
        {
            _remoteIp = address;
        }
        else if (step == DeliveryStep.Completed)
        {
            (_hostname, _remoteIp) = (null, null);
        }
    }

    private static MailExchanger ReadExchanger(JsonElement json) => new(
        json.TryGetProperty("preference", out JsonElement preference) && preference.TryGetInt32(out int value) ? value : 0,
        ReadTexts(json, "exchanges", item => item.GetString()?.TrimEnd('.')));

    private static MtaStsPolicy ReadPolicy(JsonElement json) => new()
    {
        Id = json.GetText("id") ?? "",
        Mode = json.GetText("mode") ?? "",
        Mx = ReadTexts(json, "mx", ReadMxPattern),
        MaxAge = json.TryGetProperty("max_age", out JsonElement age) && age.TryGetDouble(out double seconds) ? TimeSpan.FromSeconds(seconds) : default,
    };

    private static string? ReadMxPattern(JsonElement json) => json.ValueKind != JsonValueKind.Object ? null
        : json.GetText("equals") ?? (json.GetText("startsWith") is { } rest ? $"*.{rest.TrimStart('.')}" : null);

    private static string? ReadReportUri(JsonElement json) => json.ValueKind != JsonValueKind.Object ? null
        : json.GetText("email") is { } address ? $"mailto:{address}" : json.GetText("url");

    private static TlsaRecord ReadTlsa(JsonElement json) => new()
    {
        IsEndEntity = ReadFlag(json, "is_end_entity"),
        IsPublicKey = ReadFlag(json, "is_spki"),
        IsSha256 = json.GetText("matching") is { } matching ? matching == "Sha256" : ReadFlag(json, "is_sha256"),
        Data = json.TryGetProperty("data", out JsonElement data) && data.ValueKind == JsonValueKind.Array
            ? string.Concat(data.EnumerateArray().Select(octet => octet.GetByte().ToString("x2", CultureInfo.InvariantCulture)))
            : "",
    };

    private static bool ReadFlag(JsonElement json, string name) => json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.True;

    private static StringList ReadTexts(JsonElement json, string name, Func<JsonElement, string?> read) => json.TryGetProperty(name, out JsonElement list) && list.ValueKind == JsonValueKind.Array
        ? new StringList(list.EnumerateArray().Select(read).OfType<string>())
        : StringList.Empty;

    private static ItemList<T> ReadList<T>(JsonElement json, string name, Func<JsonElement, T> read) => json.TryGetProperty(name, out JsonElement list) && list.ValueKind == JsonValueKind.Array
        ? new ItemList<T>(list.EnumerateArray().Select(read))
        : ItemList<T>.Empty;
}
