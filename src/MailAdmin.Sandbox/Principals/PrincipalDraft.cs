using System.Text.Json;
using MailAdmin.Sandbox.Http;
using MailAdmin.Sandbox.Versions;

namespace MailAdmin.Sandbox.Principals;

/// <summary>The body of a POST: what a new principal is to be, names not yet looked up. Empty lists count as absent.</summary>
internal sealed class PrincipalDraft
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

    public static PrincipalDraft Parse(JsonElement body, ServerDialect dialect)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            throw Refusal.BadParameters();
        }

        var builder = new PrincipalDraft();
        foreach (JsonProperty member in body.EnumerateObject())
        {
            builder.Read(member.Name, member.Value, dialect);
        }

        return builder;
    }

    private void Read(string name, JsonElement value, ServerDialect dialect)
    {
        switch (name)
        {
            case "id" or "usedQuota":
                break;
            case "type":
                Type = PrincipalTypes.Parse(PrincipalValue.ShortText(value)) ?? throw Refusal.BadParameters();
                break;
            case "name":
                Name = PrincipalValue.ShortText(value);
                break;
            case "description":
                Description = OptionalText(value);
                break;
            case "picture":
                Picture = OptionalText(value);
                break;
            case "tenant":
                Tenant = OptionalText(value);
                break;
            case "quota":
                Quota = Limit(PrincipalValue.Parse(value), dialect);
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
                Secrets = OneOrMany(value, dialect);
                break;
            case "emails":
                Emails = OneOrMany(value, dialect);
                break;
            case "urls":
                Urls = OneOrMany(value, dialect);
                break;
            case "externalMembers":
                ExternalMembers = OneOrMany(value, dialect);
                break;
            case "members":
                Members = OneOrMany(value, dialect) ?? [];
                break;
            case "memberOf":
                MemberOf = OneOrMany(value, dialect) ?? [];
                break;
            case "lists":
                Lists = OneOrMany(value, dialect) ?? [];
                break;
            case "roles":
                Roles = OneOrMany(value, dialect) ?? [];
                break;
            case "enabledPermissions":
                EnabledPermissions = OneOrMany(value, dialect) ?? [];
                break;
            case "disabledPermissions":
                DisabledPermissions = OneOrMany(value, dialect) ?? [];
                break;
            default:
                throw Refusal.BadParameters();
        }
    }

    private static string? OptionalText(JsonElement value) => value.ValueKind == JsonValueKind.Null ? null : PrincipalValue.ShortText(value);

    private static PrincipalValue? Limit(PrincipalValue quota, ServerDialect dialect)
    {
        bool limitsNothing = quota is PrincipalValue.Text or PrincipalValue.Texts or PrincipalValue.Number { Value: 0 };
        return dialect.KeepsQuotasOfNumbersOnly && limitsNothing ? null : quota;
    }

    /// <summary>Only a text that stands alone is measured; those in an array may be of any length.</summary>
    private static string[]? OneOrMany(JsonElement value, ServerDialect dialect)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            return [PrincipalValue.ShortText(value)];
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            throw Refusal.BadParameters();
        }

        JsonElement[] items = value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String || !dialect.SkipsWhatIsNoText).ToArray();
        if (items.Length == 0)
        {
            return null;
        }

        return Array.ConvertAll(items, item => item.ValueKind == JsonValueKind.String ? item.GetString()! : throw Refusal.BadParameters());
    }
}
