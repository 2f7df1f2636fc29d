using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Principals;

/// <summary>Compares changes with what the principal has, before they are sent.</summary>
internal static class RemovedItems
{
    /// <summary>
    /// Leaves out what is to be removed and is not there, and takes what is there as the server spells it: it compares byte for byte, and ignores what it does not find.
    /// </summary>
    public static PreparedChanges Compare(MailPrincipal principal, IReadOnlyList<PrincipalChange> changes)
    {
        var kept = new List<PrincipalChange>(changes.Count);
        var absent = new List<AbsentItem>();
        foreach (PrincipalChange change in changes)
        {
            if (change.Action != PrincipalAction.RemoveItem || change.Field == PrincipalField.Secrets || StoredFields.IsUnknown(principal, change.Field))
            {
                kept.Add(change);
                continue;
            }
            IReadOnlyList<string> stored = StoredFields.GetItems(principal, change.Field);
            if (change.Field == PrincipalField.Emails)
            {
                // Those that are switched off are its addresses, too.
                stored = [.. stored, .. StoredFields.GetItems(principal, PrincipalField.DisabledEmails)];
            }
            string sought = ToComparable(change.Field, change.Text!);
            string[] found = [.. stored.Where(item => ToComparable(change.Field, item) == sought)];
            if (found.Length == 0 && !absent.Exists(item => item.Field == TypeFields.GetName(change.Field) && ToComparable(change.Field, item.Item) == sought))
            {
                absent.Add(new AbsentItem(principal.Name, TypeFields.GetName(change.Field), change.Text!, FindMeant(change, stored)));
            }
            // The two spellings of a domain are one address; so are a name and the address of its owner among groups that are also added.
            kept.AddRange(found.Where(item => !changes.Any(other => IsAddition(other, change.Field, item)) && !kept.Exists(other => IsRemoval(other, change.Field, item))).Select(item => change.WithItems([item])));
        }
        ThrowIfNoAddressIsLeft(principal, kept);
        return new PreparedChanges(kept, absent);
    }

    private static string? FindMeant(PrincipalChange change, IReadOnlyList<string> stored) =>
        (change.Field == PrincipalField.Roles ? BuiltInRoles.FindOtherName(change.Text!, stored) : null) ?? NearestName.Find(change.Text!, stored);

    private static bool IsAddition(PrincipalChange change, string field, string item) =>
        change.Action == PrincipalAction.AddItem && change.Field == field && ToComparable(field, change.Text!) == ToComparable(field, item);

    private static bool IsRemoval(PrincipalChange change, string field, string item) =>
        change.Action == PrincipalAction.RemoveItem && change.Field == field && change.Text == item;

    /// <summary>An item of a field in the spelling in which two of the same are equal.</summary>
    public static string ToComparable(string field, string item) => field switch
    {
        PrincipalField.Urls => item,
        PrincipalField.Emails or PrincipalField.DisabledEmails or PrincipalField.ExternalMembers => MailAddress.ToComparable(item),
        _ => item.Trim().ToLowerInvariant(),
    };

    // Nothing shows that an address is the last one. Who means it empties the field.
    private static void ThrowIfNoAddressIsLeft(MailPrincipal principal, List<PrincipalChange> changes)
    {
        string[] removed = [.. changes.Where(change => change is { Field: PrincipalField.Emails, Action: PrincipalAction.RemoveItem }).Select(change => change.Text!)];
        // Where addresses can be switched off, a new name is one.
        bool isGiven = changes.Exists(change => (change.Field == PrincipalField.Emails && change.Action != PrincipalAction.RemoveItem) || (change.Field == PrincipalField.Name && principal.DisabledEmail is not null));
        if (removed.Length > 0 && !isGiven && principal.Type == PrincipalType.Individual && principal.PrimaryEmail is not null && StoredFields.GetItems(principal, PrincipalField.Emails).Except(removed).All(MailAddress.IsCatchAll))
        {
            throw MailServerException.CreateRefusal(Operations.PatchPrincipal, PrincipalField.Emails,
                $"'{principal}' would have no address any more: nobody could send it mail. Specify a new one with -AddEmail or -PrimaryEmail, or -Clear Email in place of -RemoveEmail for an account without mail.");
        }
    }
}
