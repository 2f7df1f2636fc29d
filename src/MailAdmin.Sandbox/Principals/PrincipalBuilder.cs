using System.Text.Json;
using MailAdmin.Sandbox.Api;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Principals;

/// <summary>The body of a POST: a new principal with names not yet resolved. Empty lists count as absent.</summary>
internal sealed class PrincipalBuilder
{
    public PrincipalType Type { get; set; } = PrincipalType.Individual;

    public string Name { get; set; } = "";

    public string? Description { get; set; }

    public string? Picture { get; set; }

    /// <summary>The tenant's name; "" is not "none".</summary>
    public string? Tenant { get; set; }

    public PrincipalValue? Quota { get; set; }

    public string[]? Secrets { get; set; }

    public string[]? Emails { get; set; }

    public string[]? Urls { get; set; }

    public string[]? ExternalMembers { get; set; }

    public string[] Members { get; set; } = [];

    public string[] MemberOf { get; set; } = [];

    public string[] Lists { get; set; } = [];

    public string[] Roles { get; set; } = [];

    public string[] EnabledPermissions { get; set; } = [];

    public string[] DisabledPermissions { get; set; } = [];

    public static PrincipalBuilder Parse(JsonElement body, ServerDialect dialect)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            throw ApiException.BadParameters();
        }

        var builder = new PrincipalBuilder();
        foreach (JsonProperty member in body.EnumerateObject())
        {
            builder.ReadMember(member.Name, member.Value, dialect);
        }

        return builder;
    }

    private void ReadMember(string name, JsonElement value, ServerDialect dialect)
    {
        switch (name)
        {
            case "id" or "usedQuota":
                break;
            case "type":
                Type = PrincipalTypes.Parse(PrincipalValue.ReadShortText(value)) ?? throw ApiException.BadParameters();
                break;
            case "name":
                Name = PrincipalValue.ReadShortText(value);
                break;
            case "description":
                Description = ReadOptionalString(value);
                break;
            case "picture":
                Picture = ReadOptionalString(value);
                break;
            case "tenant":
                Tenant = ReadOptionalString(value);
                break;
            case "quota":
                Quota = NormalizeQuota(PrincipalValue.Parse(value), dialect);
                break;
            default:
                ReadList(name, value, dialect);
                break;
        }
    }

    private void ReadList(string name, JsonElement value, ServerDialect dialect)
    {
        switch (name)
        {
            case "secrets":
                Secrets = ReadOneOrMany(value, dialect);
                break;
            case "emails":
                Emails = ReadOneOrMany(value, dialect);
                break;
            case "urls":
                Urls = ReadOneOrMany(value, dialect);
                break;
            case "externalMembers":
                ExternalMembers = ReadOneOrMany(value, dialect);
                break;
            case "members":
                Members = ReadOneOrMany(value, dialect) ?? [];
                break;
            case "memberOf":
                MemberOf = ReadOneOrMany(value, dialect) ?? [];
                break;
            case "lists":
                Lists = ReadOneOrMany(value, dialect) ?? [];
                break;
            case "roles":
                Roles = ReadOneOrMany(value, dialect) ?? [];
                break;
            case "enabledPermissions":
                EnabledPermissions = ReadOneOrMany(value, dialect) ?? [];
                break;
            case "disabledPermissions":
                DisabledPermissions = ReadOneOrMany(value, dialect) ?? [];
                break;
            default:
                throw ApiException.BadParameters();
        }
    }

    private static string? ReadOptionalString(JsonElement value) => value.ValueKind == JsonValueKind.Null ? null : PrincipalValue.ReadShortText(value);

    private static PrincipalValue? NormalizeQuota(PrincipalValue quota, ServerDialect dialect)
    {
        bool limitsNothing = quota is PrincipalValue.Text or PrincipalValue.Texts or PrincipalValue.Number { Value: 0 };
        return dialect.DropsNonNumericQuotas && limitsNothing ? null : quota;
    }

    /// <summary>Only a single string is limited in length; strings in an array are not.</summary>
    private static string[]? ReadOneOrMany(JsonElement value, ServerDialect dialect)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            return [PrincipalValue.ReadShortText(value)];
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            throw ApiException.BadParameters();
        }

        JsonElement[] items = value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String || !dialect.SkipsNonStrings).ToArray();
        if (items.Length == 0)
        {
            return null;
        }

        return Array.ConvertAll(items, item => item.ValueKind == JsonValueKind.String ? item.GetString()! : throw ApiException.BadParameters());
    }
}
