using System.Text.Json;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Directory;

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

    public static PrincipalDraft Parse(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
            throw Refusal.BadParameters();
        var draft = new PrincipalDraft();
        foreach (var member in body.EnumerateObject())
            draft.Read(member.Name, member.Value);
        return draft;
    }

    private void Read(string name, JsonElement value)
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
                Quota = PrincipalValue.Parse(value);
                break;
            default:
                ReadList(name, value);
                break;
        }
    }

    private void ReadList(string name, JsonElement value)
    {
        switch (name)
        {
            case "secrets":
                Secrets = OneOrMany(value);
                break;
            case "emails":
                Emails = OneOrMany(value);
                break;
            case "urls":
                Urls = OneOrMany(value);
                break;
            case "externalMembers":
                ExternalMembers = OneOrMany(value);
                break;
            case "members":
                Members = OneOrMany(value) ?? [];
                break;
            case "memberOf":
                MemberOf = OneOrMany(value) ?? [];
                break;
            case "lists":
                Lists = OneOrMany(value) ?? [];
                break;
            case "roles":
                Roles = OneOrMany(value) ?? [];
                break;
            case "enabledPermissions":
                EnabledPermissions = OneOrMany(value) ?? [];
                break;
            case "disabledPermissions":
                DisabledPermissions = OneOrMany(value) ?? [];
                break;
            default:
                throw Refusal.BadParameters();
        }
    }

    private static string? OptionalText(JsonElement value) => value.ValueKind == JsonValueKind.Null ? null : PrincipalValue.ShortText(value);

    /// <summary>Only a text that stands alone is measured; those in an array may be of any length.</summary>
    private static string[]? OneOrMany(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String)
            return [PrincipalValue.ShortText(value)];
        if (value.ValueKind != JsonValueKind.Array)
            throw Refusal.BadParameters();
        var items = value.EnumerateArray().ToArray();
        if (items.Length == 0)
            return null;
        return Array.ConvertAll(items, item => item.ValueKind == JsonValueKind.String ? item.GetString()! : throw Refusal.BadParameters());
    }
}
