namespace MailAdmin.Client;

/// <summary>What an import may do, and how the columns of its table are to be understood.</summary>
public sealed record ImportOptions
{
    /// <summary>Whether principals may be created, changed, or both.</summary>
    public ImportMode Mode { get; init; }

    /// <summary>Whether list columns make lists exact. Otherwise they only add: an old file must not remove what was added since.</summary>
    public bool Replace { get; init; }

    /// <summary>Whether passwords of existing accounts are set too, not only those of new ones.</summary>
    public bool ResetPassword { get; init; }

    /// <summary>Whether one invalid row rejects the whole file.</summary>
    public bool Strict { get; init; }

    /// <summary>Whether a password is generated for new individuals whose row has none.</summary>
    public bool GeneratePassword { get; init; }

    /// <summary>Whether new individuals need no password.</summary>
    public bool NoPassword { get; init; }

    /// <summary>Whether new individuals need no address: nothing reaches them by mail.</summary>
    public bool NoAddress { get; init; }

    /// <summary>Whether a new login may contain a space, and quotation marks and dashes of a text processor; otherwise it is taken for a display name, or a mistake.</summary>
    public bool AllowUnusualName { get; init; }

    /// <summary>Whether the names of accounts are their addresses, as from 0.16 on: then there is none without an address.</summary>
    internal bool NamesAreAddresses { get; init; }

    /// <summary>The types of principals that the server has.</summary>
    internal IReadOnlyList<PrincipalType> Types { get; init; } = PrincipalType.Known;

    /// <summary>Header of the table → field; an empty field = ignore the column. Beats what the headers say by themselves.</summary>
    public IReadOnlyDictionary<string, string?> ColumnOverrides { get; init; } = new Dictionary<string, string?>();

    /// <summary>Where the login comes from. Beats the login column of a foreign system, but not a column named Name.</summary>
    public NameFrom NameFrom { get; init; }
}
