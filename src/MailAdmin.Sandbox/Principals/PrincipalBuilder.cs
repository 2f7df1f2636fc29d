using System.Text.Json;
using MailAdmin.Sandbox.Api;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Principals;

/// <summary>The body of a POST: a new principal with names not yet resolved. Empty lists count as absent.</summary>
internal sealed class PrincipalBuilder
{
    public PrincipalType Type { get; init; } = PrincipalType.Individual;

    public string Name { get; init; } = "";

    public string? Description { get; init; }

    public string? Picture { get; init; }

    public string? Locale { get; init; }

    /// <summary>The tenant's name; "" is not "none".</summary>
    public string? Tenant { get; set; }

    public PrincipalValue? Quota { get; init; }

    public string[]? Secrets { get; init; }

    public string[]? Emails { get; init; }

    public string[]? Urls { get; init; }

    public string[]? ExternalMembers { get; init; }

    public string[] Members { get; init; } = [];

    public string[] MemberOf { get; init; } = [];

    public string[] Lists { get; init; } = [];

    public string[] Roles { get; init; } = [];

    public string[] EnabledPermissions { get; init; } = [];

    public string[] DisabledPermissions { get; init; } = [];

    public static PrincipalBuilder Read(JsonElement body, ServerDialect dialect) => new()
    {
        Type = PrincipalTypes.Parse(body.FindText("type")) ?? PrincipalType.Individual,
        Name = body.FindText("name") ?? "",
        Description = body.FindText("description"),
        Picture = body.FindText("picture"),
        Tenant = body.FindText("tenant"),
        Locale = body.FindText("locale"),
        Quota = body.TryGetProperty("quota", out JsonElement quota) ? NormalizeQuota(PrincipalValue.Read(quota), dialect) : null,
        Secrets = ReadOneOrMany(body, "secrets"),
        Emails = ReadOneOrMany(body, "emails"),
        Urls = ReadOneOrMany(body, "urls"),
        ExternalMembers = ReadOneOrMany(body, "externalMembers"),
        Members = ReadOneOrMany(body, "members") ?? [],
        MemberOf = ReadOneOrMany(body, "memberOf") ?? [],
        Lists = ReadOneOrMany(body, "lists") ?? [],
        Roles = ReadOneOrMany(body, "roles") ?? [],
        EnabledPermissions = ReadOneOrMany(body, "enabledPermissions") ?? [],
        DisabledPermissions = ReadOneOrMany(body, "disabledPermissions") ?? [],
    };

    private static PrincipalValue? NormalizeQuota(PrincipalValue quota, ServerDialect dialect)
    {
        bool limitsNothing = quota is PrincipalValue.Text or PrincipalValue.Texts or PrincipalValue.Number { Value: 0 };
        return dialect.DropsNonNumericQuotas && limitsNothing ? null : quota;
    }

    /// <summary>Where a version takes more than strings in an array, it skips the rest.</summary>
    private static string[]? ReadOneOrMany(JsonElement body, string name)
    {
        if (!body.TryGetProperty(name, out JsonElement value))
        {
            return null;
        }

        string[] items = value.ValueKind == JsonValueKind.String
            ? [value.GetString()!]
            : [.. value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)];
        return items.Length > 0 ? items : null;
    }
}
