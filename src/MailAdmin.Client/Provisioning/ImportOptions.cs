// How an import is to be planned.
namespace MailAdmin.Client;

/// <summary>How an import is to be planned.</summary>
public sealed record ImportOptions
{
    /// <summary>What the import may do.</summary>
    public ImportMode Mode { get; init; }

    /// <summary>Whether list columns make lists exact. Otherwise they only add: an old file must not take away what came since.</summary>
    public bool Replace { get; init; }

    /// <summary>Whether passwords of existing accounts are set too, not only those of new ones.</summary>
    public bool ResetPassword { get; init; }

    /// <summary>Whether one fault refuses the whole file.</summary>
    public bool Strict { get; init; }

    /// <summary>Whether new individuals without a password get one made up.</summary>
    public bool GeneratePassword { get; init; }

    /// <summary>Whether new individuals may do without a password.</summary>
    public bool NoPassword { get; init; }

    /// <summary>The kind of rows that do not say theirs.</summary>
    public PrincipalType DefaultType { get; init; } = PrincipalType.Individual;

    /// <summary>The roles of new individuals whose row names none. Without a role an account cannot sign in.</summary>
    public IReadOnlyList<string> DefaultRole { get; init; } = ["user"];
}
