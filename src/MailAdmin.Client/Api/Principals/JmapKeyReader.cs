using MailAdmin.Client.Api.Credentials;
using MailAdmin.Client.Jmap;

namespace MailAdmin.Client.Api.Principals;

/// <summary>Reads the API keys of an account as principals.</summary>
internal static class JmapKeyReader
{
    /// <summary>The keys with their names. Where several have one description, the id tells them apart.</summary>
    public static IEnumerable<NamedKey> Name(string owner, IReadOnlyList<JmapCredential> keys)
    {
        HashSet<string> shared = [.. keys.CountBy(key => key.Description, StringComparer.OrdinalIgnoreCase).Where(pair => pair.Value > 1).Select(pair => pair.Key.ToLowerInvariant())];
        return keys.Select(key => new NamedKey(
            JmapKeyName.Combine(owner, shared.Contains(key.Description.ToLowerInvariant()) ? JmapKeyName.AddId(key.Description, key.Id) : key.Description), key));
    }

    /// <summary>A key as a principal. What was not asked for is null; so is what the server does not tell of a key, such as its secret.</summary>
    /// <param name="named">The key.</param>
    /// <param name="fields">The fields that were asked for; none = all.</param>
    public static MailPrincipal Read(NamedKey named, IReadOnlyList<string> fields)
    {
        JmapCredential key = named.Key;
        (IReadOnlyList<string> enabled, IReadOnlyList<string> disabled) = JmapKeyPermissions.Read(key.Permissions);
        return new MailPrincipal
        {
            Id = JmapId.ToNumber(key.Id),
            Kind = PrincipalType.ApiKey,
            Name = named.Name,
            Fields = fields,
            Email = GetList(PrincipalField.Emails, []),
            Quota = WasAskedFor(PrincipalField.Quota) ? 0 : null,
            MemberOf = GetList(PrincipalField.MemberOf, []),
            List = GetList(PrincipalField.Lists, []),
            Role = GetList(PrincipalField.Roles, []),
            EnabledPermission = GetList(PrincipalField.EnabledPermissions, enabled),
            DisabledPermission = GetList(PrincipalField.DisabledPermissions, disabled),
            Url = GetList(PrincipalField.Urls, []),
            Created = WasAskedFor(PrincipalField.Created) ? key.CreatedAt : null,
            Expires = WasAskedFor(PrincipalField.Expires) ? key.ExpiresAt : null,
            AllowedIp = GetList(PrincipalField.AllowedIps, key.AllowedIps),
        };

        bool WasAskedFor(string field) => PrincipalField.WasAskedFor(fields, field);
        StringList? GetList(string field, IReadOnlyList<string> items) => !WasAskedFor(field) ? null : items.Count == 0 ? StringList.Empty : new StringList(items);
    }
}

/// <summary>An API key with its name.</summary>
/// <param name="Name">The name, such as <c>jane@example.org/Backup</c>.</param>
/// <param name="Key">The key.</param>
internal sealed record NamedKey(string Name, JmapCredential Key);
