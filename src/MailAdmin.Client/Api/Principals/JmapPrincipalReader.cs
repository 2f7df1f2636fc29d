using System.Text.Json;
using MailAdmin.Client.Jmap;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Principals;

/// <summary>Reads an object of the directory of a server from 0.16 on as a principal.</summary>
/// <param name="type">The type of the object.</param>
/// <param name="fields">The fields that were asked for; none = all.</param>
/// <param name="names">The names of what the object names by ids.</param>
internal sealed class JmapPrincipalReader(DirectoryType type, IReadOnlyList<string> fields, IReadOnlyDictionary<NamedKind, NameTable> names)
{
    /// <summary>The quota of mail, among others.</summary>
    public const string StorageQuota = "maxDiskQuota";

    private const string UserType = "User";
    private const string GroupType = "Group";
    private readonly List<(NamedKind Kind, string Id)> _unnamed = [];
    private readonly List<UnknownPart> _unknown = [];

    /// <summary>The ids for which there was no name: what is made of them is left out, and unknown.</summary>
    public IReadOnlyList<(NamedKind Kind, string Id)> Unnamed => _unnamed;

    /// <summary>The principal. What was not asked for, and what the server does not tell, is null.</summary>
    public MailPrincipal Read(JsonElement item)
    {
        var found = FoundObject.Create(type, item);
        var principal = new MailPrincipal
        {
            Id = JmapId.ToNumber(found.Id),
            Kind = found.Kind,
            Name = found.Name,
            Fields = fields,
        };
        JsonElement permissions = ReadPermissions(item);
        principal.Description = WasAskedFor(PrincipalField.Description) ? item.GetText("description") : null;
        principal.Email = GetList(PrincipalField.Emails, () => ReadAddresses(item, found.Name));
        principal.DisabledEmail = GetList(PrincipalField.Emails, () => ReadAliases(item, isEnabled: false, nameof(MailPrincipal.DisabledEmail)));
        (principal.Quota, principal.PrincipalLimit) = ReadQuotas(item);
        principal.UsedBytes = WasAskedFor(PrincipalField.UsedQuota) ? GetNumber(item, "usedDiskQuota") : null;
        principal.MemberOf = GetList(PrincipalField.MemberOf, () => GetNames(NamedKind.Group, GetKeys(item, "memberGroupIds"), nameof(MailPrincipal.MemberOf)));
        principal.Role = GetList(PrincipalField.Roles, () => ReadRoles(item));
        principal.EnabledPermission = GetList(PrincipalField.EnabledPermissions, () => GetKeys(permissions, "enabledPermissions"));
        principal.DisabledPermission = GetList(PrincipalField.DisabledPermissions, () => GetKeys(permissions, "disabledPermissions"));
        principal.Url = GetList(PrincipalField.Urls, () => GetKeys(item, "redirectUris"));
        principal.Tenant = WasAskedFor(PrincipalField.Tenant) && item.GetText("memberTenantId") is { } tenant ? FindName(NamedKind.Tenant, tenant, nameof(MailPrincipal.Tenant)) : null;
        principal.Locale = WasAskedFor(PrincipalField.Locale) ? item.GetText("locale") : null;
        ReadRecipients(principal, item);
        ReadCredentials(principal, item);
        principal.Unknown = _unknown;
        return principal;
    }

    private bool WasAskedFor(string field) => type.Has(field) && PrincipalField.WasAskedFor(fields, field);

    // Of a field that the type does not have there is nothing, where it was asked for.
    private StringList? GetList(string field, Func<IEnumerable<string>?> read) =>
        WasAskedFor(field) ? read() is { } items ? new StringList(items) : null : !type.Has(field) && PrincipalField.WasAskedFor(fields, field) ? StringList.Empty : null;

    /// <summary>The server's word for an account of this kind.</summary>
    public static string GetAccountType(PrincipalType kind) => kind == PrincipalType.Group ? GroupType : UserType;

    /// <summary>The type of the principal that an object is.</summary>
    public static PrincipalType ReadKind(DirectoryType type, JsonElement item) => type != DirectoryType.Account ? type.Kinds[0]
        : item.GetText(DirectoryType.TypeProperty) switch
        {
            UserType => PrincipalType.Individual,
            GroupType => PrincipalType.Group,
            var word => throw new JsonException($"There is no account of type '{word}'."),
        };

    private IEnumerable<string> ReadAddresses(JsonElement item, string name)
    {
        string[] own = [name, .. ReadAliases(item, isEnabled: true, nameof(MailPrincipal.Email))];
        names.TryGetValue(NamedKind.Domain, out NameTable? domains);
        if (domains?.Unread is { } unread)
        {
            AddUnknown(nameof(MailPrincipal.Email), unread);
            AddUnknown(nameof(MailPrincipal.CatchAll), unread);
        }
        // A domain names the address of its catch-all, and there is one at most.
        return domains is not null
            ? own.Concat(own.SelectMany(domains.GetCatchAllDomains).Distinct().Select(domain => "@" + domain))
            : own;
    }

    private IEnumerable<string> ReadAliases(JsonElement item, bool isEnabled, string property) => JmapAlias.Read(item)
        .Where(alias => alias.IsEnabled == isEnabled)
        .Select(alias => FindName(NamedKind.Domain, alias.DomainId, property) is { } domain ? $"{alias.Name}@{domain}" : null)
        .OfType<string>();

    private (long? Quota, NamedValues? Limits) ReadQuotas(JsonElement item)
    {
        if (!WasAskedFor(PrincipalField.Quota))
        {
            return (PrincipalField.WasAskedFor(fields, PrincipalField.Quota) ? 0 : null, null);
        }
        var limits = new OrderedDictionary<string, object?>();
        long quota = 0;
        foreach (JsonProperty member in GetMembers(item, "quotas"))
        {
            if (member.NameEquals(StorageQuota))
            {
                quota = member.Value.GetInt64();
            }
            else
            {
                limits[member.Name] = member.Value.GetInt64();
            }
        }
        return (quota, limits.Count > 0 ? new NamedValues(limits) : NamedValues.Empty);
    }

    private IEnumerable<string>? ReadRoles(JsonElement item)
    {
        if (type == DirectoryType.Role)
        {
            return GetNames(NamedKind.Role, GetKeys(item, "roleIds"), nameof(MailPrincipal.Role));
        }
        JsonElement roles = item.GetProperty("roles");
        return roles.GetText(DirectoryType.TypeProperty) switch
        {
            "Custom" => GetNames(NamedKind.Role, GetKeys(roles, "roleIds"), nameof(MailPrincipal.Role)),
            "Admin" => ["admin"],
            "User" => ["user"],
            _ => [],
        };
    }

    // Accounts and tenants have them within a variant, roles beside each other.
    private JsonElement ReadPermissions(JsonElement item) => type == DirectoryType.Role || !item.TryGetProperty("permissions", out JsonElement permissions) ? item : permissions;

    // One set of addresses: those of the server's own domains are members, the others are elsewhere.
    private void ReadRecipients(MailPrincipal principal, JsonElement item)
    {
        if (type != DirectoryType.MailingList || !item.TryGetProperty("recipients", out _))
        {
            return;
        }
        names.TryGetValue(NamedKind.Domain, out NameTable? domains);
        if (domains?.Unread is { } unread)
        {
            AddUnknown(nameof(MailPrincipal.Member), unread);
            AddUnknown(nameof(MailPrincipal.MemberCount), unread);
            AddUnknown(nameof(MailPrincipal.ExternalMember), unread);
            return;
        }
        ILookup<bool, string> recipients = GetKeys(item, "recipients").ToLookup(address => domains?.FindNamed(MailAddress.GetDomain(address)).Any() == true);
        principal.Member = new StringList(recipients[true]);
        principal.ExternalMember = new StringList(recipients[false]);
        principal.MemberCount = principal.Member.Count;
    }

    private static void ReadCredentials(MailPrincipal principal, JsonElement item)
    {
        if (!item.TryGetProperty("credentials", out _))
        {
            return;
        }
        JsonElement[] credentials = [.. GetMembers(item, "credentials").Select(member => member.Value)];
        JsonElement[] passwords = [.. credentials.Where(JmapPassword.IsPassword)];
        principal.PasswordCount = passwords.Length;
        principal.OtpEnabled = Array.Exists(passwords, password => password.TryGetProperty("otpAuth", out JsonElement otp) && otp.ValueKind == JsonValueKind.String);
        principal.AppPassword = new StringList(credentials.Where(credential => credential.GetText(DirectoryType.TypeProperty) == "AppPassword").Select(credential => credential.GetText("description") ?? ""));
    }

    // Of a list that is not known whole there is nothing: it would look like all.
    private IEnumerable<string>? GetNames(NamedKind kind, IEnumerable<string> ids, string property)
    {
        string?[] found = [.. ids.Select(id => FindName(kind, id, property))];
        return found.Contains(null) ? null : found.OfType<string>();
    }

    private string? FindName(NamedKind kind, string id, string property)
    {
        names.TryGetValue(kind, out NameTable? table);
        if (table?.Find(id) is { } named)
        {
            return kind == NamedKind.Role ? JmapRoles.GetWord(named.Name) : named.Name;
        }
        _unnamed.Add((kind, id));
        AddUnknown(property, table?.Unread ?? new UnreadSource(DirectoryNames.GetType(kind).Noun, []));
        return null;
    }

    private void AddUnknown(string property, UnreadSource source)
    {
        if (!_unknown.Exists(part => part.Property == property))
        {
            _unknown.Add(new UnknownPart(property, source));
        }
    }

    private static long? GetNumber(JsonElement item, string name) => item.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number ? value.GetInt64() : null;

    private static IEnumerable<string> GetKeys(JsonElement item, string name) => GetMembers(item, name).Select(member => member.Name);

    private static JsonElement.ObjectEnumerator GetMembers(JsonElement item, string name) =>
        item.TryGetProperty(name, out JsonElement members) && members.ValueKind == JsonValueKind.Object ? members.EnumerateObject() : default;
}
