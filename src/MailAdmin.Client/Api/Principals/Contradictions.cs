namespace MailAdmin.Client.Api.Principals;

/// <summary>Finds what is to be added and removed at once, under whatever spelling: a group by its name and by its address.</summary>
internal static class Contradictions
{
    /// <summary>Refuses it.</summary>
    /// <param name="changes">The steps, with names in place of addresses.</param>
    /// <param name="replaced">The lists that are set as a whole: what is added and removed there is what differs.</param>
    /// <exception cref="MailServerException"><c>RejectedByClient</c>.</exception>
    public static void ThrowIfAny(IReadOnlyList<PrincipalChange> changes, IReadOnlyCollection<string> replaced)
    {
        PrincipalChange[] named = [.. changes.Where(change => change.Field is PrincipalField.MemberOf or PrincipalField.Lists or PrincipalField.Roles or PrincipalField.Members or PrincipalField.ExternalMembers && !replaced.Contains(change.Field))];
        if (named.FirstOrDefault(added => added.Action == PrincipalAction.AddItem && Array.Exists(named, removed => IsRemovalOf(removed, added))) is { } both)
        {
            string field = TypeFields.GetName(both.Field);
            throw MailServerException.CreateRefusal(Operations.PatchPrincipal, both.Field, $"'{both.Text}' is in both -Add{field} and -Remove{field}, under two spellings. Specify it in only one of them.");
        }
    }

    private static bool IsRemovalOf(PrincipalChange change, PrincipalChange added) =>
        change.Action == PrincipalAction.RemoveItem && change.Field == added.Field && RemovedItems.ToComparable(change.Field, change.Text!) == RemovedItems.ToComparable(added.Field, added.Text!);
}
