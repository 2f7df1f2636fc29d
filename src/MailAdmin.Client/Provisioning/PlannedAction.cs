// What becomes of a row.
namespace MailAdmin.Client;

/// <summary>What becomes of a row.</summary>
public enum PlannedAction
{
    /// <summary>A new principal.</summary>
    Create,
    /// <summary>A change of an existing one.</summary>
    Update,
    /// <summary>Nothing: all is as the row wants it.</summary>
    Unchanged,
    /// <summary>Nothing: the row is at fault.</summary>
    Failed,
}
