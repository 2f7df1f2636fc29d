using MailAdmin.Client.Jmap;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Principals;

/// <summary>A type of objects that are principals, on a server from 0.16 on, and which of its properties hold which field.</summary>
internal sealed class DirectoryType
{
    /// <summary>The property that tells the variant of an object.</summary>
    public const string TypeProperty = "@type";

    private readonly Dictionary<string, string[]> _properties;

    private DirectoryType(string name, string permissionPrefix, string noun, PrincipalType[] kinds, string[] nameProperties, Dictionary<string, string[]> properties) =>
        (Name, PermissionPrefix, Noun, Kinds, NameProperties, _properties) = (name, permissionPrefix, noun, kinds, nameProperties, properties);

    /// <summary>Accounts of people, and groups.</summary>
    public static DirectoryType Account { get; } = new("x:Account", "sysAccount", "accounts", [PrincipalType.Individual, PrincipalType.Group], [TypeProperty, "emailAddress"], new()
    {
        [PrincipalField.Emails] = ["aliases"],
        [PrincipalField.Description] = ["description"],
        [PrincipalField.Quota] = ["quotas"],
        [PrincipalField.UsedQuota] = ["usedDiskQuota"],
        [PrincipalField.MemberOf] = ["memberGroupIds"],
        [PrincipalField.Roles] = ["roles"],
        [PrincipalField.EnabledPermissions] = ["permissions"],
        [PrincipalField.DisabledPermissions] = ["permissions"],
        [PrincipalField.Tenant] = ["memberTenantId"],
        [PrincipalField.Locale] = ["locale"],
        [PrincipalField.Secrets] = ["credentials"],
    });

    /// <summary>Mailing lists.</summary>
    public static DirectoryType MailingList { get; } = new("x:MailingList", "sysMailingList", "mailing lists", [PrincipalType.List], ["emailAddress"], new()
    {
        [PrincipalField.Emails] = ["aliases"],
        [PrincipalField.Description] = ["description"],
        [PrincipalField.Members] = ["recipients"],
        [PrincipalField.ExternalMembers] = ["recipients"],
        [PrincipalField.Tenant] = ["memberTenantId"],
    });

    /// <summary>Domains.</summary>
    public static DirectoryType Domain { get; } = new("x:Domain", "sysDomain", "domains", [PrincipalType.Domain], ["name"], new()
    {
        [PrincipalField.Description] = ["description"],
        [PrincipalField.Tenant] = ["memberTenantId"],
    });

    /// <summary>Roles. The server calls their name a description, and lets two have the same.</summary>
    public static DirectoryType Role { get; } = new("x:Role", "sysRole", "roles", [PrincipalType.Role], ["description"], new()
    {
        [PrincipalField.Roles] = ["roleIds"],
        [PrincipalField.EnabledPermissions] = ["enabledPermissions"],
        [PrincipalField.DisabledPermissions] = ["disabledPermissions"],
        [PrincipalField.Tenant] = ["memberTenantId"],
    });

    /// <summary>Tenants.</summary>
    public static DirectoryType Tenant { get; } = new("x:Tenant", "sysTenant", "tenants", [PrincipalType.Tenant], ["name"], new()
    {
        [PrincipalField.Quota] = ["quotas"],
        [PrincipalField.UsedQuota] = ["usedDiskQuota"],
        [PrincipalField.Roles] = ["roles"],
        [PrincipalField.EnabledPermissions] = ["permissions"],
        [PrincipalField.DisabledPermissions] = ["permissions"],
    });

    /// <summary>OAuth clients.</summary>
    public static DirectoryType OAuthClient { get; } = new("x:OAuthClient", "sysOAuthClient", "OAuth clients", [PrincipalType.OauthClient], ["clientId"], new()
    {
        [PrincipalField.Description] = ["description"],
        [PrincipalField.Urls] = ["redirectUris"],
        [PrincipalField.Tenant] = ["memberTenantId"],
    });

    /// <summary>API keys, which are in accounts and read with them.</summary>
    public static DirectoryType ApiKey { get; } = new("x:ApiKey", Account.PermissionPrefix, "accounts", [PrincipalType.ApiKey], ["description"], new()
    {
        [PrincipalField.EnabledPermissions] = ["permissions"],
        [PrincipalField.DisabledPermissions] = ["permissions"],
        [PrincipalField.Created] = ["createdAt"],
        [PrincipalField.Expires] = ["expiresAt"],
        [PrincipalField.AllowedIps] = ["allowedIps"],
    });

    /// <summary>All of them, in the order in which they are listed.</summary>
    public static IReadOnlyList<DirectoryType> All { get; } = [Account, MailingList, Domain, Role, Tenant, OAuthClient, ApiKey];

    /// <summary>The object type, such as <c>x:Account</c>.</summary>
    public string Name { get; }

    /// <summary>The same as objects have it, such as <c>Account</c>.</summary>
    public string ObjectType => ObjectTypeName.Trim(Name);

    /// <summary>What its permissions begin with.</summary>
    public string PermissionPrefix { get; }

    /// <summary>What reading them takes.</summary>
    public IReadOnlyList<string> ReadPermissions => [PermissionPrefix + "Query", PermissionPrefix + "Get"];

    /// <summary>What they are, in the plural.</summary>
    public string Noun { get; }

    /// <summary>They, where the server refused to show them.</summary>
    public UnreadSource ToUnread(KnownPermissions permissions) => new(Noun, permissions.FindRefused(ReadPermissions));

    /// <summary>The types of principals that are such objects.</summary>
    public IReadOnlyList<PrincipalType> Kinds { get; }

    /// <summary>The properties that tell name and type of the principal.</summary>
    public IReadOnlyList<string> NameProperties { get; }

    /// <summary>The object type of a type of principals; null where the server has none.</summary>
    public static DirectoryType? Find(PrincipalType kind) => All.FirstOrDefault(type => type.Kinds.Contains(kind));

    /// <summary>Whether the names of domains are needed to read the fields: of aliases, of who gets what nobody has, and of which members are the server's own.</summary>
    public bool NeedsDomains(IReadOnlyList<string> fields) => _properties.Keys.Any(field =>
        field is PrincipalField.Emails or PrincipalField.Members or PrincipalField.ExternalMembers && PrincipalField.WasAskedFor(fields, field));

    /// <summary>Whether its objects have a field.</summary>
    public bool Has(string field) => _properties.ContainsKey(field);

    /// <summary>The properties that hold the fields, without those that the server would have to compute for nothing.</summary>
    /// <param name="fields">The fields; none = all.</param>
    public IReadOnlyList<string> GetProperties(IReadOnlyList<string> fields) =>
        [.. NameProperties, .. _properties.Where(property => PrincipalField.WasAskedFor(fields, property.Key)).SelectMany(property => property.Value).Distinct()];
}
