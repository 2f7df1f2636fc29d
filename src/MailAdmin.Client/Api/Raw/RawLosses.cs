using System.Text.Json;

namespace MailAdmin.Client.Api.Raw;

/// <summary>What is lost by a call whose body decides it: a list of changes, each with its type.</summary>
internal static class RawLosses
{
    private static readonly Dictionary<(Operation Operation, string Type), string> s_losses = new()
    {
        [(Operations.ChangeSettings, "delete")] = "delete settings",
        [(Operations.ChangeSettings, "clear")] = "delete all settings that begin with a prefix",
        [(Operations.ChangeAccountAuth, "disableOtpAuth")] = "switch off one-time codes",
    };

    /// <summary>What is lost, as a phrase; null for nothing, and for a body that is no JSON, which the server refuses.</summary>
    public static string? Find(Operation operation, byte[]? body)
    {
        if (body is null or [] || !s_losses.Keys.Any(key => key.Operation == operation))
        {
            return null;
        }
        try
        {
            using var json = JsonDocument.Parse(body);
            IEnumerable<JsonElement> changes = json.RootElement.ValueKind == JsonValueKind.Array ? json.RootElement.EnumerateArray() : [json.RootElement];
            string[] losses =
            [
                .. changes
                    .Where(change => change.ValueKind == JsonValueKind.Object)
                    .SelectMany(change => change.EnumerateObject())
                    .Where(member => member.NameEquals("type") && member.Value.ValueKind == JsonValueKind.String)
                    .Select(member => s_losses.GetValueOrDefault((operation, member.Value.GetString()!)))
                    .OfType<string>()
                    .Distinct(),
            ];
            return losses.Length == 0 ? null : string.Join(", ", losses);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
