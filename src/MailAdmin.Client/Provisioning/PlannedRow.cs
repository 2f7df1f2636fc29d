// One row of a plan.
namespace MailAdmin.Client;

/// <summary>One row of a plan: what is sent, and what a person reads of it.</summary>
public sealed class PlannedRow
{
    /// <summary>The data row, from 1.</summary>
    public required int Row { get; init; }
    /// <summary>The name of the principal; empty if the row gives none.</summary>
    public required string Identity { get; init; }
    /// <summary>Its kind.</summary>
    public required PrincipalType Type { get; init; }
    /// <summary>What becomes of the row.</summary>
    public required PlannedAction Action { get; init; }
    /// <summary>Rows of one wave may be sent in any order and at once; a wave must be over before the next begins.</summary>
    public int DependencyLevel { get; init; }
    /// <summary>What to create. Its <see cref="NewPrincipal.Secret"/> is empty: see <see cref="Password"/>.</summary>
    public NewPrincipal? NewPrincipal { get; init; }
    /// <summary>What to change, without the password.</summary>
    public IReadOnlyList<PrincipalChange> PrincipalChanges { get; init; } = [];
    /// <summary>The password to set, to be hashed if it is in clear; null = none to set.</summary>
    public PasswordCell? Password { get; init; }
    /// <summary>Whether a password is to be made up.</summary>
    public bool GeneratesPassword { get; init; }
    /// <summary>The changes in words, such as <c>Quota 1 GB → 5 GB</c>. Never a secret.</summary>
    public IReadOnlyList<string> Changes { get; init; } = [];
    /// <summary>What is wrong with the row.</summary>
    public IReadOnlyList<RowError> Errors { get; init; } = [];

    /// <summary>The action and the name.</summary>
    public override string ToString() => $"{Action} {Identity}";
}
