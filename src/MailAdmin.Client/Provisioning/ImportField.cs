namespace MailAdmin.Client.Provisioning;

/// <summary>What a column can hold.</summary>
internal enum ImportField
{
    /// <summary>The login or name.</summary>
    Name,
    /// <summary>The type of principal.</summary>
    Type,
    /// <summary>Which kind of group the other system says it is.</summary>
    GroupKind,
    /// <summary>Whether a group of Entra is one of rights, not only of mail.</summary>
    SecurityEnabled,
    /// <summary>The description, usually the full name.</summary>
    Description,
    /// <summary>The given name: half of a description.</summary>
    GivenName,
    /// <summary>The family name: half of a description.</summary>
    Surname,
    /// <summary>A password, in plain text or hashed.</summary>
    Password,
    /// <summary>A ready hash.</summary>
    PasswordHash,
    /// <summary>How another system hashed the password column (Google Workspace).</summary>
    PasswordHashFunction,
    /// <summary>Addresses.</summary>
    Email,
    /// <summary>The primary address.</summary>
    PrimaryEmail,
    /// <summary>Groups the principal belongs to.</summary>
    MemberOf,
    /// <summary>Mailing lists it is on.</summary>
    List,
    /// <summary>Roles.</summary>
    Role,
    /// <summary>Disk quota.</summary>
    Quota,
    /// <summary>Whether it may sign in.</summary>
    Enabled,
    /// <summary>Whether it may not sign in: disabled, suspended, archived.</summary>
    AccountDisabled,
    /// <summary>The flags of an account of Active Directory.</summary>
    AccountControl,
    /// <summary>When the account ends, or since when it is locked.</summary>
    AccountExpires,
    /// <summary>A column that may say that it may not sign in.</summary>
    MaybeDisabled,
    /// <summary>A column whose "no" may say that it may not sign in.</summary>
    MaybeEnabled,
    /// <summary>A column whose past date may say that it may not sign in: the end of a person's work.</summary>
    MaybeExpired,
    /// <summary>The primary address that another system is about to give it (Google Workspace).</summary>
    NewPrimaryEmail,
    /// <summary>Domains whose mail for addresses that nobody has it gets.</summary>
    CatchAll,
    /// <summary>What a member of a group is, in a table with one member a row (Google Workspace).</summary>
    MembershipType,
    /// <summary>Whether a member of a group gets its mail, in a table with one member a row (Google Workspace).</summary>
    MembershipStatus,
    /// <summary>Members of a group, list or role.</summary>
    Member,
    /// <summary>Addresses outside this server on a list.</summary>
    ExternalMember,
    /// <summary>URLs.</summary>
    Url,
    /// <summary>The tenant.</summary>
    Tenant,
    /// <summary>A picture.</summary>
    Picture,
    /// <summary>The language of its interface.</summary>
    Locale,
    /// <summary>Permissions granted.</summary>
    EnabledPermission,
    /// <summary>Permissions denied.</summary>
    DisabledPermission,
    /// <summary>What could not be read of the principal that the row was made of.</summary>
    UnknownParts,
}
