using System.Text.Json;

namespace MailAdmin.Client.Api.Principals;

/// <summary>Looks at a principal for the changes of a PATCH, which the server applies all or none.</summary>
internal static class PatchLook
{
    /// <summary>Which of the changes are in force.</summary>
    /// <param name="principal">The principal as the server sends it; what is no object shows nothing.</param>
    /// <param name="changes">The changes.</param>
    public static PatchState Compare(JsonElement principal, IReadOnlyList<PrincipalChange> changes)
    {
        ILookup<bool?, string> fields = changes.ToLookup(change => principal.ValueKind == JsonValueKind.Object ? IsInForce(principal, change, changes) : null, change => change.Field);
        // Of a field with several changes, such as the old password removed and the new one added, all must be in force.
        return new PatchState([.. fields[true].Distinct().Except(fields[false])], [.. fields[false].Distinct()], [.. fields[null].Distinct()]);
    }

    // Null where the principal does not show it.
    private static bool? IsInForce(JsonElement principal, PrincipalChange change, IReadOnlyList<PrincipalChange> changes)
    {
        principal.TryGetProperty(change.Field, out JsonElement value);
        return change switch
        {
            { Field: PrincipalField.Secrets } => IsSecretInForce(GetTexts(value), change, changes),
            { Action: PrincipalAction.AddItem } => GetTexts(value).Contains(change.Text!, StringComparer.OrdinalIgnoreCase),
            { Action: PrincipalAction.RemoveItem } => !GetTexts(value).Contains(change.Text!, StringComparer.OrdinalIgnoreCase),
            // The first one is the primary address.
            { Field: PrincipalField.Emails, Items: { } items } => GetTexts(value).SequenceEqual(items, StringComparer.OrdinalIgnoreCase),
            { Items: { } items } => new HashSet<string>(GetTexts(value), StringComparer.OrdinalIgnoreCase).SetEquals(items),
            { Number: { } number } => GetNumber(value) == number,
            { Text.Length: 0 } => GetTexts(value).Length == 0 && GetNumber(value) == 0,
            _ => GetTexts(value) is [var text] && string.Equals(text, change.Text, change.Field == PrincipalField.Name ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal),
        };
    }

    // What else an addition or a removal of secrets does depends on the version (docs/api.md §9); that the new password is there and no other one, does not.
    private static bool? IsSecretInForce(string[] held, PrincipalChange change, IReadOnlyList<PrincipalChange> changes)
    {
        string[] added = [.. changes.Where(other => other is { Field: PrincipalField.Secrets, Action: PrincipalAction.AddItem, Text.Length: > 0 }).Select(other => other.Text!)];
        return change switch
        {
            { Action: PrincipalAction.AddItem, Text.Length: > 0 } => held.Contains(change.Text),
            { Action: PrincipalAction.RemoveItem, Text.Length: 0 } when added.Length > 0 => held.Where(PasswordPatch.IsPassword).All(added.Contains),
            { Action: PrincipalAction.RemoveItem } when PasswordPatch.IsPassword(change.Text!) => added.Contains(change.Text) || !held.Contains(change.Text),
            _ => null,
        };
    }

    private static ulong GetNumber(JsonElement value) => value.ValueKind == JsonValueKind.Number && value.TryGetUInt64(out ulong number) ? number : 0;

    // A list of one may come as a text (docs/api.md trap 3).
    private static string[] GetTexts(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString() is { Length: > 0 } text ? [text] : [],
        JsonValueKind.Array => [.. value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)],
        _ => [],
    };
}
