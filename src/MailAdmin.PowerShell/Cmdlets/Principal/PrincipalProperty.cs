using MailAdmin.Client;

namespace MailAdmin.PowerShell.Cmdlets.Principal;

/// <summary>The properties that -Property of Get-MailPrincipal takes, and the server's fields behind them.</summary>
internal static class PrincipalProperty
{
    private static readonly Dictionary<string, string> s_fields = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Id"] = PrincipalField.Name,
        ["Type"] = PrincipalField.Name,
        [nameof(MailPrincipal.Name)] = PrincipalField.Name,
        [nameof(MailPrincipal.Description)] = PrincipalField.Description,
        [nameof(MailPrincipal.Email)] = PrincipalField.Emails,
        [nameof(MailPrincipal.DisabledEmail)] = PrincipalField.Emails,
        [nameof(MailPrincipal.PrimaryEmail)] = PrincipalField.Emails,
        [nameof(MailPrincipal.CatchAll)] = PrincipalField.Emails,
        [nameof(MailPrincipal.Quota)] = PrincipalField.Quota,
        [nameof(MailPrincipal.PrincipalLimit)] = PrincipalField.Quota,
        [nameof(MailPrincipal.UsedBytes)] = PrincipalField.UsedQuota,
        [nameof(MailPrincipal.MemberOf)] = PrincipalField.MemberOf,
        [nameof(MailPrincipal.List)] = PrincipalField.Lists,
        [nameof(MailPrincipal.Role)] = PrincipalField.Roles,
        [nameof(MailPrincipal.Member)] = PrincipalField.Members,
        [nameof(MailPrincipal.MemberCount)] = PrincipalField.Members,
        [nameof(MailPrincipal.ExternalMember)] = PrincipalField.ExternalMembers,
        [nameof(MailPrincipal.EnabledPermission)] = PrincipalField.EnabledPermissions,
        [nameof(MailPrincipal.DisabledPermission)] = PrincipalField.DisabledPermissions,
        [nameof(MailPrincipal.Enabled)] = PrincipalField.DisabledPermissions,
        [nameof(MailPrincipal.Url)] = PrincipalField.Urls,
        [nameof(MailPrincipal.Tenant)] = PrincipalField.Tenant,
        [nameof(MailPrincipal.Picture)] = PrincipalField.Picture,
        [nameof(MailPrincipal.Locale)] = PrincipalField.Locale,
        [nameof(MailPrincipal.Created)] = PrincipalField.Created,
        [nameof(MailPrincipal.Expires)] = PrincipalField.Expires,
        [nameof(MailPrincipal.AllowedIp)] = PrincipalField.AllowedIps,
        [nameof(MailPrincipal.PasswordScheme)] = PrincipalField.Secrets,
        [nameof(MailPrincipal.PasswordCount)] = PrincipalField.Secrets,
        [nameof(MailPrincipal.OtpEnabled)] = PrincipalField.Secrets,
        [nameof(MailPrincipal.AppPassword)] = PrincipalField.Secrets,
    };

    public static IEnumerable<string> Names => s_fields.Keys;

    /// <summary>The server's fields for these properties, the name always among them; none = all fields.</summary>
    /// <exception cref="ArgumentException">A property that MailPrincipal does not have.</exception>
    public static string[] ToFields(string[]? properties)
        => properties is null ? [] : [.. properties.Select(GetField).Prepend(PrincipalField.Name).Distinct()];

    private static string GetField(string property) => s_fields.TryGetValue(property, out string? field)
        ? field
        : throw new ArgumentException($"A MailPrincipal has no property '{property}'. It has {string.Join(", ", s_fields.Keys)}.");
}
