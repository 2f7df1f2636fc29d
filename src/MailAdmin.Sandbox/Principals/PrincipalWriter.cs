using System.Text.Json;
using MailAdmin.Sandbox.Access;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Principals;

/// <summary>Writes principals as JSON: one-or-many lists, names in place of ids, computed fields.</summary>
internal sealed class PrincipalWriter(PrincipalStore store)
{
    /// <summary>Writes one principal; <c>id</c> and <c>type</c> always, the rest as asked.</summary>
    public void Write(Utf8JsonWriter json, Principal principal, PrincipalField fields)
    {
        json.WriteStartObject();
        json.WriteNumber("id"u8, principal.Id);
        json.WriteString("type"u8, principal.Type.GetName());
        if (fields.HasFlag(PrincipalField.Name))
        {
            json.WriteString("name"u8, principal.Name);
        }

        if (fields.HasFlag(PrincipalField.Description) && principal.Description is { } description)
        {
            json.WriteString("description"u8, description);
        }

        if (fields.HasFlag(PrincipalField.Picture) && principal.Picture is { } picture)
        {
            json.WriteString("picture"u8, picture);
        }

        if (fields.HasFlag(PrincipalField.Locale) && principal.Locale is { } locale)
        {
            json.WriteString("locale"u8, locale);
        }

        if (fields.HasFlag(PrincipalField.Quota) && principal.Quota is { } quota)
        {
            WriteQuota(json, quota);
        }

        if (fields.HasFlag(PrincipalField.UsedQuota))
        {
            WriteUsedQuota(json, principal);
        }

        WriteTexts(json, fields, principal);
        WriteMemberships(json, fields, principal);
        if (fields.HasFlag(PrincipalField.Members))
        {
            WriteMembers(json, principal);
        }

        if (fields.HasFlag(PrincipalField.Tenant) && principal.Tenant is { } tenant && store.Find(tenant) is { } found)
        {
            json.WriteString("tenant"u8, found.Name);
        }

        if (fields.HasFlag(PrincipalField.EnabledPermissions))
        {
            WritePermissions(json, "enabledPermissions"u8, principal.EnabledPermissions);
        }

        if (fields.HasFlag(PrincipalField.DisabledPermissions))
        {
            WritePermissions(json, "disabledPermissions"u8, principal.DisabledPermissions);
        }

        json.WriteEndObject();
    }

    private void WriteTexts(Utf8JsonWriter json, PrincipalField fields, Principal principal)
    {
        if (fields.HasFlag(PrincipalField.Secrets))
        {
            WriteOneOrMany(json, "secrets"u8, principal.Secrets ?? DefaultWhenAbsent);
        }

        if (fields.HasFlag(PrincipalField.Emails))
        {
            WriteOneOrMany(json, "emails"u8, principal.Emails ?? DefaultWhenAbsent);
        }

        if (fields.HasFlag(PrincipalField.Urls))
        {
            WriteOneOrMany(json, "urls"u8, principal.Urls);
        }

        if (fields.HasFlag(PrincipalField.ExternalMembers))
        {
            WriteOneOrMany(json, "externalMembers"u8, principal.ExternalMembers);
        }
    }

    private string[]? DefaultWhenAbsent => store.Dialect.WritesEmptyLists ? [] : null;

    /// <summary>In 0.11 a list with exactly one item is a bare string: the store does not record that it was a list.</summary>
    private void WriteOneOrMany(Utf8JsonWriter json, ReadOnlySpan<byte> name, string[]? values)
    {
        if (values is null || (values.Length == 0 && store.Dialect.OmitsEmptyLists))
        {
            return;
        }

        if (values.Length == 1 && !store.Dialect.WritesSingleItemLists)
        {
            json.WriteString(name, values[0]);
        }
        else
        {
            json.WriteStrings(name, values);
        }
    }

    private static void WriteQuota(Utf8JsonWriter json, PrincipalValue quota)
    {
        json.WritePropertyName("quota"u8);
        switch (quota)
        {
            case PrincipalValue.Number number:
                json.WriteNumberValue(number.Value);
                break;
            case PrincipalValue.Numbers { Values: [var only] }:
                json.WriteNumberValue(only);
                break;
            case PrincipalValue.Numbers numbers:
                json.WriteStartArray();
                foreach (ulong number in numbers.Values)
                {
                    json.WriteNumberValue(number);
                }

                json.WriteEndArray();
                break;
            case PrincipalValue.Text text:
                json.WriteStringValue(text.Value);
                break;
            case PrincipalValue.Texts { Values: [var only] }:
                json.WriteStringValue(only);
                break;
            case PrincipalValue.Texts texts:
                json.WriteStrings(texts.Values);
                break;
        }
    }

    private static void WriteUsedQuota(Utf8JsonWriter json, Principal principal)
    {
        if (principal.UsedQuota > 0 && principal.Type is PrincipalType.Individual or PrincipalType.Group or PrincipalType.Tenant)
        {
            json.WriteNumber("usedQuota"u8, principal.UsedQuota);
        }
    }

    private void WriteMemberships(Utf8JsonWriter json, PrincipalField fields, Principal principal)
    {
        if ((fields & PrincipalFields.Memberships) == 0 || principal.Memberships.Length == 0)
        {
            return;
        }

        (string? Name, PrincipalField Field)[] named = Array.ConvertAll(principal.Memberships, Describe);
        if (fields.HasFlag(PrincipalField.MemberOf))
        {
            WriteNames(json, "memberOf"u8, named, PrincipalField.MemberOf);
        }

        if (fields.HasFlag(PrincipalField.Lists))
        {
            WriteNames(json, "lists"u8, named, PrincipalField.Lists);
        }

        if (fields.HasFlag(PrincipalField.Roles))
        {
            WriteNames(json, "roles"u8, named, PrincipalField.Roles);
        }
    }

    private (string? Name, PrincipalField Field) Describe(uint container)
    {
        if (BuiltInRoles.FindName(container) is { } role)
        {
            return (role, PrincipalField.Roles);
        }

        Principal? principal = store.Find(container);
        PrincipalField field = principal?.Type switch
        {
            PrincipalType.List => PrincipalField.Lists,
            PrincipalType.Role => PrincipalField.Roles,
            _ => PrincipalField.MemberOf,
        };
        return (principal?.Name, field);
    }

    private static void WriteNames(Utf8JsonWriter json, ReadOnlySpan<byte> name, (string? Name, PrincipalField Field)[] containers, PrincipalField field)
    {
        string[] names = containers.Where(container => container.Field == field && container.Name is not null).Select(container => container.Name!).ToArray();
        if (names.Length > 0)
        {
            json.WriteStrings(name, names);
        }
    }

    private void WriteMembers(Utf8JsonWriter json, Principal principal)
    {
        switch (principal.Type)
        {
            case PrincipalType.Group or PrincipalType.List or PrincipalType.Role:
                string[] names = store.GetMemberIds(principal.Id).Select(id => store.Find(id)?.Name).OfType<string>().ToArray();
                if (names.Length > 0)
                {
                    json.WriteStrings("members"u8, names);
                }

                break;
            case PrincipalType.Domain:
                json.WriteNumber("members"u8, store.CountAddresses(principal.Name));
                break;
            case PrincipalType.Tenant:
                json.WriteNumber("members"u8, store.CountInTenant(PrincipalType.Individual, principal.Id));
                break;
            default:
                break;
        }
    }

    private static void WritePermissions(Utf8JsonWriter json, ReadOnlySpan<byte> name, int[]? permissions)
    {
        if (permissions is not null)
        {
            json.WriteStrings(name, permissions.Select(permission => Permissions.Names[permission]));
        }
    }
}
