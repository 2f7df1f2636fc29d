namespace MailAdmin.Client;

/// <summary>One row of a plan: what is sent, and what a person reads of it.</summary>
public sealed class PlannedRow
{
    internal PlannedRow()
    {
    }

    /// <summary>The number of the row, from 1, without the header.</summary>
    public required int Row { get; init; }
    /// <summary>The name of the principal; empty if the row gives none.</summary>
    public required string Identity { get; init; }
    /// <summary>Its type.</summary>
    public required PrincipalType Type { get; init; }
    /// <summary>What is done with the row.</summary>
    public required PlannedAction Action { get; init; }
    /// <summary>The changes in words, such as <c>Quota 1 GB → 5 GB</c>. Never a secret.</summary>
    public IReadOnlyList<string> Changes { get; init; } = [];
    /// <summary>The permissions that the principal gets beyond its roles.</summary>
    public IEnumerable<string> GrantedPermissions => NewPrincipal?.EnabledPermission
        ?? PrincipalChanges.Where(change => change is { Action: PrincipalAction.AddItem, Field: PrincipalField.EnabledPermissions }).Select(change => change.Text!);
    /// <summary>The number of the row with which this one is sent, as it is one more membership of the same principal; null for a row of its own.</summary>
    public int? GatheredInto { get; init; }

    /// <summary>What is wrong with the row; empty for a valid one.</summary>
    public IReadOnlyList<RowError> Errors { get; init; } = [];

    /// <summary>What is done with the row and was perhaps not meant; with -Strict it is an error.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Rows of one level can be sent in any order and at once; a level must be complete before the next begins.</summary>
    internal int DependencyLevel { get; init; }
    /// <summary>What to create. Its <see cref="NewPrincipal.Secret"/> is empty: see <see cref="Password"/>.</summary>
    internal NewPrincipal? NewPrincipal { get; init; }
    /// <summary>What to change, without the password.</summary>
    internal IReadOnlyList<PrincipalChange> PrincipalChanges { get; init; } = [];
    /// <summary>The password to set, to be hashed if it is plain text; null = none to set.</summary>
    internal PasswordCell? Password { get; init; }
    /// <summary>Whether a password is to be generated.</summary>
    internal bool GeneratesPassword { get; init; }

    /// <summary>The action and the name.</summary>
    public override string ToString() => $"{Action} {Identity}";
}
