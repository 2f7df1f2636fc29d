using System.Text.Json;

namespace MailAdmin.Client.Api.Principals;

/// <summary>Looks at a principal for the changes of a PATCH, which the server applies all or none.</summary>
internal static class PatchLook
{
    /// <summary>Whether the changes are in force; null where the principal does not show it.</summary>
    /// <param name="principal">The principal as the server sends it.</param>
    /// <param name="changes">The changes.</param>
    public static bool? IsApplied(JsonElement principal, IReadOnlyList<PrincipalChange> changes)
    {
        if (principal.ValueKind != JsonValueKind.Object)
        {
            return null;
        }
        bool[] visible = [.. changes.Where(IsVisible).Select(change => IsInForce(principal, change)).Distinct()];
        return visible.Length == 1 ? visible[0] : null;
    }

    // The server reads an empty secret as every password.
    private static bool IsVisible(PrincipalChange change) => change.Field != PrincipalField.Secrets || change is { Action: PrincipalAction.AddItem, Text.Length: > 0 };

    private static bool IsInForce(JsonElement principal, PrincipalChange change)
    {
        bool isThere = principal.TryGetProperty(change.Field, out JsonElement value);
        return change switch
        {
            { Action: PrincipalAction.AddItem } => GetTexts(value).Contains(change.Text!),
            { Action: PrincipalAction.RemoveItem } => !GetTexts(value).Contains(change.Text!),
            { Items: { } items } => GetTexts(value).SetEquals(items),
            { Number: { } number } => (isThere && value.ValueKind == JsonValueKind.Number && value.TryGetUInt64(out ulong found) ? found : 0) == number,
            _ => GetTexts(value).SetEquals(change.Text!.Length == 0 ? [] : [change.Text]),
        };
    }

    // A list of one may come as a text (docs/api.md trap 3).
    private static HashSet<string> GetTexts(JsonElement value) => new(
        value.ValueKind switch
        {
            JsonValueKind.String => value.GetString() is { Length: > 0 } text ? [text] : [],
            JsonValueKind.Array => value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!),
            _ => [],
        },
        StringComparer.OrdinalIgnoreCase);
}
