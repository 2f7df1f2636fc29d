namespace MailAdmin.Client.Provisioning;

/// <summary>What a row asks for. Null = the row does not say (an empty cell), so an existing value stays.</summary>
internal sealed record PrincipalSpec
{
    /// <summary>The login or name, lower-case; empty if the row gives none (which is an error).</summary>
    public required string Name { get; init; }
    /// <summary>The name in the letters of the cell; null where none holds it.</summary>
    public string? WrittenName { get; init; }
    /// <summary>The type of a row that does not say its own.</summary>
    public static PrincipalType DefaultType => PrincipalType.Individual;
    /// <summary>The type of principal.</summary>
    public PrincipalType? Type { get; init; }
    /// <summary>The description, usually the full name.</summary>
    public string? Description { get; init; }
    /// <summary>Addresses, lower-case, the primary one first.</summary>
    public IReadOnlyList<string>? Email { get; init; }
    /// <summary>The address that the row itself marks as the primary one.</summary>
    public string? PrimaryEmail { get; init; }
    /// <summary>The password or hash. Kept in memory only, never printed.</summary>
    public PasswordCell? Password { get; init; }
    /// <summary>Whether asterisks stand where the password was: it was not exported.</summary>
    public bool IsPasswordMasked { get; init; }
    /// <summary>Disk quota in bytes; 0 = none.</summary>
    public long? Quota { get; init; }
    /// <summary>Whether the quota is so small, and without a unit, that another unit was probably meant.</summary>
    public bool IsQuotaDoubtful { get; init; }
    /// <summary>What stood among the addresses and is none, by the word before the colon: <c>X500</c>, <c>SIP</c>.</summary>
    public IReadOnlyList<string> ByProducts { get; init; } = [];
    /// <summary>Whether it may sign in.</summary>
    public bool? Enabled { get; init; }
    /// <summary>Groups.</summary>
    public IReadOnlyList<string>? MemberOf { get; init; }
    /// <summary>Mailing lists.</summary>
    public IReadOnlyList<string>? List { get; init; }
    /// <summary>Roles.</summary>
    public IReadOnlyList<string>? Role { get; init; }
    /// <summary>Members by name or address.</summary>
    public IReadOnlyList<string>? Member { get; init; }
    /// <summary>Addresses outside this server.</summary>
    public IReadOnlyList<string>? ExternalMember { get; init; }
    /// <summary>Permissions granted.</summary>
    public IReadOnlyList<string>? EnabledPermission { get; init; }
    /// <summary>Permissions denied.</summary>
    public IReadOnlyList<string>? DisabledPermission { get; init; }
    /// <summary>URLs.</summary>
    public IReadOnlyList<string>? Url { get; init; }
    /// <summary>The tenant.</summary>
    public string? Tenant { get; init; }
    /// <summary>A picture.</summary>
    public string? Picture { get; init; }
    /// <summary>The language of its interface.</summary>
    public string? Locale { get; init; }

    /// <summary>The principal to create by what the row asks for, without its password.</summary>
    public NewPrincipal CreatePrincipal(PrincipalType type) => new()
    {
        Type = type,
        Name = Name,
        Description = Description,
        Email = Email ?? [],
        Quota = Quota,
        MemberOf = MemberOf ?? [],
        List = List ?? [],
        Role = Role ?? [],
        Member = Member ?? [],
        ExternalMember = ExternalMember ?? [],
        EnabledPermission = EnabledPermission ?? [],
        DisabledPermission = DisabledPermission ?? [],
        Url = Url ?? [],
        Tenant = Tenant,
        Picture = Picture,
        Locale = Locale,
    };

    /// <summary>The name alone.</summary>
    public override string ToString() => Name;
}
