// What a row wants a principal to be.
namespace MailAdmin.Client;

/// <summary>What a row wants a principal to be. Null = the row does not say (an empty cell), so an existing value stays.</summary>
public sealed class PrincipalSpec
{
    /// <summary>The data row, from 1.</summary>
    public required int Row { get; init; }
    /// <summary>The login or name, lower-case; empty if the row gives none (a fault).</summary>
    public required string Name { get; init; }
    /// <summary>The kind of principal.</summary>
    public PrincipalType? Type { get; init; }
    /// <summary>The description, usually the full name.</summary>
    public string? Description { get; init; }
    /// <summary>Addresses, lower-case, the primary one first.</summary>
    public IReadOnlyList<string>? Email { get; init; }
    /// <summary>The address that the row itself marks as the primary one.</summary>
    public string? PrimaryEmail { get; init; }
    /// <summary>The password or hash. Kept in memory only, never printed.</summary>
    public PasswordCell? Password { get; init; }
    /// <summary>Disk quota in bytes; 0 = none.</summary>
    public long? Quota { get; init; }
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

    /// <summary>Where the row came from, to name its columns in faults.</summary>
    internal ColumnMap? Map { get; init; }

    /// <summary>The header of the column that gives a field.</summary>
    public string GetHeader(ImportField field) => Map?.GetHeader(field) ?? field.ToString();

    /// <summary>Whether the name was made from the address.</summary>
    internal bool IsNameDerived { get; init; }

    /// <summary>The field whose column gives the addresses.</summary>
    internal ImportField AddressField => Map is null || Map.Columns.Any(column => column.Field == ImportField.Email) ? ImportField.Email : ImportField.PrimaryEmail;

    /// <summary>The field whose column gives the name: the addresses', where logins come from them.</summary>
    internal ImportField NameField => Map is null || Map.Columns.Any(column => column.Field == ImportField.Name) ? ImportField.Name : AddressField;

    /// <summary>The name alone.</summary>
    public override string ToString() => Name;
}
