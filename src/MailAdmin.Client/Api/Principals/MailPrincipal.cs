using MailAdmin.Client.Passwords;

namespace MailAdmin.Client;

/// <summary>
/// An account, group, list, domain, role or other principal of the server (GET /principal, GET /principal/{name}).
/// Passwords, TOTP secrets and app passwords are never in it, only what can be said of them. Nothing can be assigned to it: a value that was assigned would
/// look like a change and be sent nowhere. A property that was not fetched is null: only Id, Type and Name are always there.
/// </summary>
public sealed class MailPrincipal : ServerObject
{
    /// <summary>The permission to sign in.</summary>
    public const string AuthenticatePermission = "authenticate";

    /// <summary>The server's number for it. Random, may be 0, and not an address for any call: the name is.</summary>
    public uint Id { get; internal set; }
    /// <summary>What kind of principal it is.</summary>
    public string Type => Kind;
    /// <summary>The login or name, lower-case. Empty when the fields asked for did not include it.</summary>
    public string Name { get; internal set; } = "";
    /// <summary>The description, usually the full name.</summary>
    public string? Description { get; internal set; }
    /// <summary>Addresses, the primary one first.</summary>
    public StringList? Email { get; internal set; }
    /// <summary>The primary address: the first one that is no catch-all.</summary>
    public string? PrimaryEmail => Email?.FirstOrDefault(address => !MailAddress.IsCatchAll(address));
    /// <summary>Domains whose mail for addresses that nobody has it gets: <c>example.org</c> for the address <c>@example.org</c>.</summary>
    public StringList? CatchAll => Email is null || IsUnknown(nameof(CatchAll)) ? null : Email.Any(MailAddress.IsCatchAll) ? new StringList(Email.Where(MailAddress.IsCatchAll).Select(MailAddress.GetDomain)) : StringList.Empty;
    /// <summary>Addresses that are switched off: no mail comes to them, and nobody signs in with them. They are not in <see cref="Email"/>. Null before server 0.16, which has none.</summary>
    public StringList? DisabledEmail { get; internal set; }
    /// <summary>Disk quota in bytes; 0 = none.</summary>
    public long? Quota { get; internal set; }
    /// <summary>Bytes used.</summary>
    public long? UsedBytes { get; internal set; }
    /// <summary>Groups it belongs to.</summary>
    public StringList? MemberOf { get; internal set; }
    /// <summary>Mailing lists it is on.</summary>
    public StringList? List { get; internal set; }
    /// <summary>Roles it has.</summary>
    public StringList? Role { get; internal set; }
    /// <summary>Names of its members (groups, lists, roles).</summary>
    public StringList? Member { get; internal set; }
    /// <summary>How many members: of a domain its addresses, of a tenant its accounts, else the number of names in <see cref="Member"/>.</summary>
    public long? MemberCount { get; internal set; }
    /// <summary>Addresses outside this server (mailing lists).</summary>
    public StringList? ExternalMember { get; internal set; }
    /// <summary>Permissions granted beyond its roles.</summary>
    public StringList? EnabledPermission { get; internal set; }
    /// <summary>Permissions denied whatever its roles say.</summary>
    public StringList? DisabledPermission { get; internal set; }
    /// <summary>False when <c>authenticate</c> is among the disabled permissions: it cannot sign in.</summary>
    public bool? Enabled => DisabledPermission is null ? null : !DisabledPermission.Contains(AuthenticatePermission);
    /// <summary>URLs: home pages, or an OAuth client's redirect URIs.</summary>
    public StringList? Url { get; internal set; }
    /// <summary>The tenant it belongs to.</summary>
    public string? Tenant { get; internal set; }
    /// <summary>A picture.</summary>
    public string? Picture { get; internal set; }
    /// <summary>The language of its interface (server 0.12.5 and later).</summary>
    public string? Locale { get; internal set; }
    /// <summary>How its password is stored (<c>SHA512-Crypt</c>, <c>Bcrypt</c>, <c>PlainText</c>, …); null without one or when not asked for.</summary>
    public string? PasswordScheme { get; internal set; }
    /// <summary>How many plain passwords it has; every one of them is valid.</summary>
    public int? PasswordCount { get; internal set; }
    /// <summary>Whether a TOTP secret is set.</summary>
    public bool? OtpEnabled { get; internal set; }
    /// <summary>Names of its app passwords.</summary>
    public StringList? AppPassword { get; internal set; }
    /// <summary>When an API key was made; null for other types, and before server 0.16.</summary>
    public DateTimeOffset? Created { get; internal set; }
    /// <summary>When an API key ends; null = never, for other types, and before server 0.16.</summary>
    public DateTimeOffset? Expires { get; internal set; }
    /// <summary>The IP addresses and networks that an API key may be used from; empty = all. Null for other types, and before server 0.16.</summary>
    public StringList? AllowedIp { get; internal set; }
    /// <summary>A tenant's limits on the number of its principals, by kind; empty for others.</summary>
    public NamedValues? PrincipalLimit { get; internal set; }
    /// <summary>Members of the answer this version does not know. Never <c>secrets</c>.</summary>
    public NamedValues AdditionalData { get; internal set; } = NamedValues.Empty;

    /// <summary>
    /// The properties that could not be read, since the signed-in account may not read what they are made of, from 0.16 on. They are null; of <see cref="Email"/> and <see cref="DisabledEmail"/>
    /// there is what could be read. Empty = all is known.
    /// </summary>
    public StringList UnknownParts => UnknownNames;

    internal PrincipalType Kind { get; set; }

    /// <summary>Whether a property could not be read, or not whole.</summary>
    internal bool IsUnknown(string property) => Unknown.Any(part => part.Property == property);

    /// <summary>The server's fields that were asked for; none = all.</summary>
    internal IReadOnlyList<string> Fields { get; init; } = [];

    /// <summary>What a principal is right after it was created as <paramref name="created"/>: the server answers with the id alone.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="created">What was sent.</param>
    /// <param name="storedName">The name as the server has it.</param>
    /// <param name="countsMembers">Whether the server tells how many members such a principal has.</param>
    public static MailPrincipal FromCreated(uint id, NewPrincipal created, string storedName, bool countsMembers) => new()
    {
        Id = id,
        Kind = created.Type,
        Name = storedName,
        Description = created.Description,
        Email = new StringList(created.Email.Select(e => e.ToLowerInvariant())),
        Quota = created.Quota ?? 0,
        UsedBytes = 0,
        MemberOf = new StringList(created.MemberOf),
        List = new StringList(created.List),
        Role = new StringList(created.Role),
        Member = new StringList(created.Member),
        MemberCount = countsMembers ? created.Member.Count : null,
        ExternalMember = new StringList(created.ExternalMember),
        EnabledPermission = new StringList(created.EnabledPermission),
        DisabledPermission = new StringList(created.DisabledPermission),
        Url = new StringList(created.Url),
        Tenant = created.Tenant,
        Picture = created.Picture,
        Locale = created.Locale,
        PasswordScheme = created.Secret is [var secret, ..] ? PasswordSchemes.GetName(secret) : null,
        PasswordCount = created.Secret.Count,
        OtpEnabled = false,
        AppPassword = StringList.Empty,
        PrincipalLimit = NamedValues.Empty,
    };

    /// <inheritdoc/>
    public override string ToString() => Name;
}
