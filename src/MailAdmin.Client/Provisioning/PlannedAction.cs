namespace MailAdmin.Client;

/// <summary>What is done with a row.</summary>
public enum PlannedAction
{
    /// <summary>A new principal.</summary>
    Create,
    /// <summary>A change of an existing one.</summary>
    Update,
    /// <summary>Nothing: everything is as the row asks for.</summary>
    Unchanged,
    /// <summary>Nothing: the row is invalid.</summary>
    Failed,
    /// <summary>Nothing: it is of a kind that has no counterpart here, or another row does what it asks for. <see cref="PlannedRow.Changes"/> says which.</summary>
    Skipped,
}
