using System.Text.Json;

namespace MailAdmin.Sandbox.Host;

/// <summary>Reads a fault as <c>POST /sandbox/fault</c> carries it: kind, path, method, probability, count, status, retryAfter, delayMs or delayMsMin and delayMsMax, events, seed.</summary>
internal static class FaultJson
{
    public static SandboxFault Parse(JsonElement json)
    {
        string? kind = json.GetProperty("kind").GetString();
        if (!Enum.TryParse<SandboxFaultKind>(kind, ignoreCase: true, out SandboxFaultKind parsed) || !Enum.IsDefined(parsed))
        {
            throw new ArgumentException($"Unknown kind '{kind}'.");
        }

        var fault = new SandboxFault
        {
            Kind = parsed,
            Path = Find(json, "path")?.GetString(),
            Method = Find(json, "method")?.GetString(),
            Count = Find(json, "count")?.GetInt32(),
            RetryAfter = Find(json, "retryAfter")?.GetInt32(),
            Seed = Find(json, "seed")?.GetInt32(),
            MaximumDelay = Milliseconds(json, "delayMsMax"),
        };
        return fault with
        {
            Probability = Find(json, "probability")?.GetDouble() ?? fault.Probability,
            Status = Find(json, "status")?.GetInt32() ?? fault.Status,
            Events = Find(json, "events")?.GetInt32() ?? fault.Events,
            Delay = Milliseconds(json, "delayMs") ?? Milliseconds(json, "delayMsMin") ?? fault.Delay,
        };
    }

    private static TimeSpan? Milliseconds(JsonElement json, string name) =>
        Find(json, name) is { } value ? TimeSpan.FromMilliseconds(value.GetDouble()) : null;

    private static JsonElement? Find(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
