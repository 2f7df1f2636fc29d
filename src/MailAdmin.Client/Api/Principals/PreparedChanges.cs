namespace MailAdmin.Client;

/// <summary>Changes as they are to be sent to one principal.</summary>
/// <param name="Changes">The steps; nothing is to be sent where there are none.</param>
/// <param name="Absent">What was to be removed and is not there. Users are told: it may be misspelt.</param>
public sealed record PreparedChanges(IReadOnlyList<PrincipalChange> Changes, IReadOnlyList<AbsentItem> Absent);

/// <summary>What was to be removed from a principal that does not have it.</summary>
/// <param name="Principal">The name of the principal.</param>
/// <param name="Field">The field, such as <c>Email</c>.</param>
/// <param name="Item">What was to be removed.</param>
/// <param name="Suggestion">What is there with a similar name, if it may be misspelt.</param>
public sealed record AbsentItem(string Principal, string Field, string Item, string? Suggestion)
{
    /// <summary>A sentence about it.</summary>
    public override string ToString() => $"'{Item}' is not in {Field} of '{Principal}': there is nothing to remove{(Suggestion is null ? "" : $" (did you mean '{Suggestion}'?)")}.";
}
