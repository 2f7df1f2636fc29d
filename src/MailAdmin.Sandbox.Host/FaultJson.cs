using System.Text.Json;

namespace MailAdmin.Sandbox.Host;

/// <summary>Reads the body of <c>POST /sandbox/fault</c>: kind, path, method, probability, count, status, retryAfter, delayMs or delayMsMin and delayMsMax, events, seed.</summary>
internal static class FaultJson
{
    public static SandboxFault Parse(JsonElement json)
    {
        string? kind = json.GetProperty("kind").GetString();
        if (!Enum.TryParse<SandboxFaultKind>(kind, ignoreCase: true, out SandboxFaultKind parsed) || !Enum.IsDefined(parsed))
        {
            throw new ArgumentException($"Unknown fault kind '{kind}'. Valid kinds: {string.Join(", ", Enum.GetNames<SandboxFaultKind>())}.");
        }

        var fault = new SandboxFault
        {
            Kind = parsed,
            Path = GetOptional(json, "path")?.GetString(),
            Method = GetOptional(json, "method")?.GetString(),
            Count = GetOptional(json, "count")?.GetInt32(),
            RetryAfter = GetOptional(json, "retryAfter")?.GetInt32(),
            Seed = GetOptional(json, "seed")?.GetInt32(),
            MaxDelay = GetMilliseconds(json, "delayMsMax"),
        };
        return fault with
        {
            Probability = GetOptional(json, "probability")?.GetDouble() ?? fault.Probability,
            Status = GetOptional(json, "status")?.GetInt32() ?? fault.Status,
            Events = GetOptional(json, "events")?.GetInt32() ?? fault.Events,
            Delay = GetMilliseconds(json, "delayMs") ?? GetMilliseconds(json, "delayMsMin") ?? fault.Delay,
        };
    }

    private static TimeSpan? GetMilliseconds(JsonElement json, string name) =>
        GetOptional(json, name) is { } value ? TimeSpan.FromMilliseconds(value.GetDouble()) : null;

    private static JsonElement? GetOptional(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
