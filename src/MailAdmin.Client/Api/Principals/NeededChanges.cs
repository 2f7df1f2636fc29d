namespace MailAdmin.Client.Api.Principals;

/// <summary>Compares changes with what a principal has, where that was read just now.</summary>
internal sealed class NeededChanges(IDirectory directory, MailPrincipal current)
{
    /// <summary>The changes that make a difference, and those of which that is not known.</summary>
    /// <param name="changes">All changes: what one of them sets may take away what another one adds.</param>
    public IReadOnlyList<PrincipalChange> Find(IReadOnlyList<PrincipalChange> changes)
    {
        string[] set = [.. changes.Where(change => change.Action == PrincipalAction.Set && MakesDifference(change)).Select(GetGroup)];
        return [.. changes.Where(change => set.Contains(GetGroup(change)) || MakesDifference(change))];
    }

    // A new name takes the place of an address.
    private static string GetGroup(PrincipalChange change) => change.Field is PrincipalField.Name or PrincipalField.DisabledEmails ? PrincipalField.Emails : change.Field;

    private bool MakesDifference(PrincipalChange change) =>
        change.Field == PrincipalField.Secrets || change.Action == PrincipalAction.RemoveItem || !PrincipalField.WasFetched(current, change.Field) || StoredFields.IsUnknown(current, change.Field)
        || !(change.Action == PrincipalAction.AddItem ? IsIn(change) : IsSet(change));

    private bool IsIn(PrincipalChange change) => Compare(change.Field, StoredFields.GetItems(current, change.Field)).Contains(ToComparable(change.Field, change.Text!));

    private bool IsSet(PrincipalChange change) => change switch
    {
        { Field: PrincipalField.Name, Text: { } name } => IsNamed(name),
        { Field: PrincipalField.Expires } => WireTime.Floor(PrincipalChange.ToTime(change)) == WireTime.Floor(current.Expires),
        // The first one is the primary address.
        { Field: PrincipalField.Emails, Items: { } items } => Compare(change.Field, items).SequenceEqual(Compare(change.Field, StoredFields.GetItems(current, change.Field))),
        { Items: { } items } => Compare(change.Field, items).ToHashSet(StringComparer.Ordinal).SetEquals(Compare(change.Field, StoredFields.GetItems(current, change.Field))),
        { Field: PrincipalField.Quota, Number: { } bytes } => bytes == (ulong)(current.Quota ?? 0),
        { Field: PrincipalField.Description, Text: { } text } => text == (current.Description ?? ""),
        { Field: PrincipalField.Tenant, Text: { } text } => string.Equals(text, current.Tenant ?? "", StringComparison.OrdinalIgnoreCase),
        { Field: PrincipalField.Picture, Text: { } text } => text == (current.Picture ?? ""),
        { Field: PrincipalField.Locale, Text: { } text } => text == (current.Locale ?? ""),
        _ => false,
    };

    // A name alone stays in its domain.
    private bool IsNamed(string name) => directory.GetStoredName(current.Kind, name) is var stored
        && (stored == current.Name || (directory.NamesAreAddresses && JmapName.HasAddress(current.Kind) && $"{stored}@{MailAddress.GetDomain(current.Name)}" == current.Name));

    private static IEnumerable<string> Compare(string field, IEnumerable<string> items) => items.Select(item => ToComparable(field, item));

    private static string ToComparable(string field, string item) => RemovedItems.ToComparable(field, item);
}
