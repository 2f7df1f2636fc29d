using System.Text.Json;

namespace MailAdmin.Client.Api.Principals;

/// <summary>Prepares new objects of the directory: finds the ids of what a principal names, and then writes it.</summary>
internal sealed class JmapPrincipalWriter(JmapReferences references)
{
    /// <summary>What writes the members of the new object.</summary>
    /// <param name="principal">The principal, named as the server names it.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <exception cref="MailServerException"><c>NotFound</c> for a domain, a group, a role or a tenant that is not there.</exception>
    public async Task<Action<Utf8JsonWriter>> PrepareAsync(NewPrincipal principal, CancellationToken cancellationToken)
    {
        string? tenant = principal.Tenant is { } name ? await references.GetIdAsync(NamedKind.Tenant, PrincipalField.Tenant, name, cancellationToken).ConfigureAwait(false) : null;
        Action<Utf8JsonWriter> own = JmapName.HasAddress(principal.Type)
            ? await PrepareAddressedAsync(principal, cancellationToken).ConfigureAwait(false)
            : await PrepareNamedAsync(principal, cancellationToken).ConfigureAwait(false);
        return writer =>
        {
            own(writer);
            if (tenant is not null)
            {
                writer.WriteString("memberTenantId", tenant);
            }
        };
    }

    private async Task<Action<Utf8JsonWriter>> PrepareAddressedAsync(NewPrincipal principal, CancellationToken cancellationToken)
    {
        (string local, string domain) = JmapName.Split(principal.Name);
        string domainId = await references.GetIdAsync(NamedKind.Domain, PrincipalField.Emails, domain, cancellationToken).ConfigureAwait(false);
        var aliases = new List<JmapAlias>();
        foreach (string address in principal.Email.Skip(1).Where(address => !MailAddress.IsCatchAll(address)))
        {
            (string alias, string aliasDomain) = JmapName.Split(address);
            aliases.Add(new JmapAlias(alias, await references.GetIdAsync(NamedKind.Domain, PrincipalField.Emails, aliasDomain, cancellationToken).ConfigureAwait(false)));
        }
        Action<Utf8JsonWriter>? account = principal.Type == PrincipalType.List ? null : await PrepareAccountAsync(principal, cancellationToken).ConfigureAwait(false);
        return writer =>
        {
            writer.WriteString("name", local);
            writer.WriteString("domainId", domainId);
            WriteText(writer, "description", principal.Description);
            if (aliases.Count > 0)
            {
                writer.WritePropertyName("aliases");
                JmapAlias.Write(writer, aliases);
            }
            if (account is not null)
            {
                account(writer);
            }
            else
            {
                writer.WritePropertyName("recipients");
                JmapValues.WriteSet(writer, principal.Member.Concat(principal.ExternalMember));
            }
        };
    }

    private async Task<Action<Utf8JsonWriter>> PrepareAccountAsync(NewPrincipal principal, CancellationToken cancellationToken)
    {
        var groups = new List<string>();
        foreach (string group in principal.MemberOf)
        {
            groups.Add(await references.GetIdAsync(NamedKind.Group, PrincipalField.MemberOf, group, cancellationToken).ConfigureAwait(false));
        }
        Action<Utf8JsonWriter> rights = await PrepareRightsAsync(principal, cancellationToken).ConfigureAwait(false);
        return writer =>
        {
            writer.WriteString(DirectoryType.TypeProperty, JmapPrincipalReader.GetAccountType(principal.Type));
            rights(writer);
            WriteQuota(writer, principal.Quota);
            WriteText(writer, "locale", principal.Locale);
            if (principal.Type == PrincipalType.Individual)
            {
                writer.WritePropertyName("memberGroupIds");
                JmapValues.WriteSet(writer, groups);
            }
            if (principal.Secret is [var secret])
            {
                writer.WritePropertyName("credentials");
                JmapPassword.Write(writer, secret);
            }
        };
    }

    private async Task<Action<Utf8JsonWriter>> PrepareNamedAsync(NewPrincipal principal, CancellationToken cancellationToken)
    {
        switch (principal.Type.Word)
        {
            case "domain":
                // By default the server makes keys for a new domain and signs with them at once, before anybody has published them.
                return writer =>
                {
                    writer.WriteString("name", principal.Name);
                    WriteText(writer, "description", principal.Description);
                    writer.WriteStartObject("dkimManagement");
                    writer.WriteString(DirectoryType.TypeProperty, "Manual");
                    writer.WriteEndObject();
                };
            case "role":
                IReadOnlyList<string> roles = await references.GetRoleIdsAsync(principal.Role, cancellationToken).ConfigureAwait(false);
                return writer =>
                {
                    writer.WriteString("description", principal.Name);
                    writer.WritePropertyName("roleIds");
                    JmapValues.WriteSet(writer, roles);
                    writer.WritePropertyName("enabledPermissions");
                    JmapValues.WriteSet(writer, principal.EnabledPermission);
                    writer.WritePropertyName("disabledPermissions");
                    JmapValues.WriteSet(writer, principal.DisabledPermission);
                };
            case "tenant":
                Action<Utf8JsonWriter> rights = await PrepareRightsAsync(principal, cancellationToken).ConfigureAwait(false);
                return writer =>
                {
                    writer.WriteString("name", principal.Name);
                    WriteQuota(writer, principal.Quota);
                    rights(writer);
                };
            default:
                return writer =>
                {
                    writer.WriteString("clientId", principal.Name);
                    WriteText(writer, "description", principal.Description);
                    writer.WritePropertyName("redirectUris");
                    JmapValues.WriteSet(writer, principal.Url);
                };
        }
    }

    private async Task<Action<Utf8JsonWriter>> PrepareRightsAsync(NewPrincipal principal, CancellationToken cancellationToken)
    {
        string variant = JmapRoles.GetVariant(principal.Type, principal.Role);
        IReadOnlyList<string> roles = variant == JmapRoles.Custom ? await references.GetRoleIdsAsync(principal.Role, cancellationToken).ConfigureAwait(false) : [];
        return writer =>
        {
            writer.WritePropertyName("roles");
            JmapRoles.Write(writer, variant, roles);
            writer.WritePropertyName("permissions");
            JmapPermissions.Write(writer, replaces: false, principal.EnabledPermission, principal.DisabledPermission);
        };
    }

    private static void WriteQuota(Utf8JsonWriter writer, long? quota)
    {
        if (quota > 0)
        {
            writer.WriteStartObject("quotas");
            writer.WriteNumber(JmapPrincipalReader.StorageQuota, quota.Value);
            writer.WriteEndObject();
        }
    }

    // The server refuses an empty text.
    private static void WriteText(Utf8JsonWriter writer, string name, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            writer.WriteString(name, text);
        }
    }
}
