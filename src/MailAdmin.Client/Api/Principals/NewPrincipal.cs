namespace MailAdmin.Client;

/// <summary>The fields of a principal to create. A null or empty field is not sent. Name, description and addresses are composed (NFC).</summary>
public sealed record NewPrincipal
{
    private static readonly (string Field, Func<NewPrincipal, IReadOnlyList<string>> GetItems)[] s_lists =
    [
        (nameof(Email), principal => principal.Email),
        (nameof(MemberOf), principal => principal.MemberOf),
        (nameof(List), principal => principal.List),
        (nameof(Role), principal => principal.Role),
        (nameof(Member), principal => principal.Member),
        (nameof(ExternalMember), principal => principal.ExternalMember),
        (nameof(EnabledPermission), principal => principal.EnabledPermission),
        (nameof(DisabledPermission), principal => principal.DisabledPermission),
        (nameof(Url), principal => principal.Url),
        (nameof(AllowedIp), principal => principal.AllowedIp),
    ];

    /// <summary>The roles of an individual unless others are given: without a role an account cannot sign in.</summary>
    public static IReadOnlyList<string> DefaultIndividualRoles { get; } = ["user"];
    /// <summary>What kind of principal it becomes.</summary>
    public required PrincipalType Type { get; init; }
    /// <summary>The login or name; the server lower-cases it.</summary>
    public required string Name { get; init => field = NameText.Normalize(value); }
    /// <summary>The description, usually the full name.</summary>
    public string? Description { get; init => field = value is null ? null : NameText.Normalize(value); }
    /// <summary>Addresses, the primary one first.</summary>
    public IReadOnlyList<string> Email { get; init => field = NameText.NormalizeAll(value); } = [];
    /// <summary>Disk quota in bytes; null = not sent, 0 = none.</summary>
    public long? Quota { get; init; }
    /// <summary>Secrets as the server is to store them: password hashes, an API key's secret. Never printed.</summary>
    public IReadOnlyList<string> Secret { get; init; } = [];
    /// <summary>Groups.</summary>
    public IReadOnlyList<string> MemberOf { get; init; } = [];
    /// <summary>Mailing lists.</summary>
    public IReadOnlyList<string> List { get; init; } = [];
    /// <summary>Roles. An individual without one cannot sign in.</summary>
    public IReadOnlyList<string> Role { get; init; } = [];
    /// <summary>Members by name.</summary>
    public IReadOnlyList<string> Member { get; init; } = [];
    /// <summary>Addresses outside this server.</summary>
    public IReadOnlyList<string> ExternalMember { get; init => field = NameText.NormalizeAll(value); } = [];
    /// <summary>Permissions granted.</summary>
    public IReadOnlyList<string> EnabledPermission { get; init; } = [];
    /// <summary>Permissions denied.</summary>
    public IReadOnlyList<string> DisabledPermission { get; init; } = [];
    /// <summary>URLs.</summary>
    public IReadOnlyList<string> Url { get; init; } = [];
    /// <summary>The tenant (licensed servers).</summary>
    public string? Tenant { get; init; }
    /// <summary>A picture.</summary>
    public string? Picture { get; init; }
    /// <summary>The language of its interface (server 0.12.5 and later).</summary>
    public string? Locale { get; init; }
    /// <summary>When an API key ends; null = never (server 0.16 and later).</summary>
    public DateTimeOffset? Expires { get; init; }
    /// <summary>The IP addresses and networks that an API key may be used from; none = all (server 0.16 and later).</summary>
    public IReadOnlyList<string> AllowedIp { get; init; } = [];

    /// <summary>The same, unable to sign in.</summary>
    public NewPrincipal Disable() => this with { DisabledPermission = [.. DisabledPermission.Union([MailPrincipal.AuthenticatePermission])] };

    /// <summary>The fields in words, such as <c>Quota 5 GB</c>. Never a secret.</summary>
    public IEnumerable<string> Describe()
    {
        if (Description is { } description)
        {
            yield return $"Description '{description}'";
        }
        if (Quota is { } quota)
        {
            yield return $"Quota {ByteSize.Format(quota)}";
        }
        foreach ((string field, Func<NewPrincipal, IReadOnlyList<string>> getItems) in s_lists)
        {
            if (getItems(this) is { Count: > 0 } items)
            {
                yield return $"{field} {string.Join(", ", items)}";
            }
        }
        if (Tenant is { } tenant)
        {
            yield return $"Tenant {tenant}";
        }
        if (Locale is { } locale)
        {
            yield return $"Locale {locale}";
        }
        if (Expires is { } expires)
        {
            yield return $"Expires {WireTime.Floor(expires)}";
        }
        if (Picture is not null)
        {
            yield return "Picture";
        }
    }

    /// <summary>The name alone: what is printed never holds a secret.</summary>
    public override string ToString() => Name;
}
