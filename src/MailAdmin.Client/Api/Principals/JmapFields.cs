namespace MailAdmin.Client.Api.Principals;

/// <summary>What principals of a server from 0.16 on cannot have, though they could before, and what there is instead.</summary>
internal static class JmapFields
{
    /// <summary>Why no group is in a group, and what to do.</summary>
    public const string GroupInGroup = "From 0.16 on only accounts of people belong to groups: groups cannot be in groups. "
        + "Give each person both groups (column MemberOf, or Set-MailPrincipal jane@example.org -AddMemberOf all@example.org). "
        + "For mail alone, make the outer one a mailing list, and put the inner one on it (column List, or Set-MailPrincipal sales@example.org -AddList all@example.org).";

    private const string RoomAdvice = " Make a room or a device an Individual with an address and without a password (-NoPassword): it has a calendar, and nobody signs in to it.";

    private static readonly Dictionary<string, string> s_reasons = new(StringComparer.Ordinal)
    {
        [PrincipalField.Picture] = "Objects of a server from 0.16 on have no picture.",
        [PrincipalField.Urls] = "From 0.16 on only OAuth clients have URLs.",
        [PrincipalField.Description] = "From 0.16 on roles and tenants have a name and no description besides.",
        [PrincipalField.MemberOf] = GroupInGroup,
        [PrincipalField.Locale] = "From 0.16 on accounts and groups have a locale, and nothing else.",
        [PrincipalField.Quota] = "From 0.16 on accounts, groups and tenants have a quota, and nothing else.",
        [PrincipalField.Members] = "From 0.16 on groups and mailing lists have members, and nothing else. To give a role to an account, use Set-MailPrincipal jane@example.org -AddRole helpdesk.",
        [PrincipalField.Tenant] = "From 0.16 on a tenant is in no other.",
    };

    private static readonly Dictionary<string, string> s_keyReasons = new(StringComparer.Ordinal)
    {
        [PrincipalField.Roles] = "From 0.16 on it may do what the account may that it belongs to. To leave it less, use -EnabledPermission or -DisabledPermission.",
        [PrincipalField.Secrets] = "From 0.16 on the server makes the secret of an API key, and shows it once.",
        [PrincipalField.Description] = "From 0.16 on what an API key is for is in its name, after the address of its account.",
        [PrincipalField.Tenant] = "From 0.16 on it is in the tenant of the account that it belongs to.",
    };

    /// <summary>Refuses a type of principals that the server does not have.</summary>
    public static MailServerException CreateTypeError(PrincipalType kind) => new(
        MailErrorCode.Unsupported,
        Operations.CallJmap,
        $"A server from 0.16 on has no principals of type {kind}: there are accounts, groups, mailing lists, domains, roles, tenants, OAuth clients and API keys.{(kind.Word is "resource" or "location" ? RoomAdvice : "")}")
    {
        Field = PrincipalField.Type,
        Value = kind,
    };

    /// <summary>Refuses a new API key where its secret would be lost.</summary>
    public static MailServerException CreateKeyError() => new(
        MailErrorCode.Unsupported,
        Operations.CallJmap,
        "From 0.16 on the server makes the secret of an API key and shows it once: an import would lose it. Make the key with New-MailPrincipal -Type ApiKey.")
    {
        Field = PrincipalField.Type,
        Value = PrincipalType.ApiKey,
    };

    /// <summary>Refuses what a new principal cannot have.</summary>
    /// <exception cref="MailServerException"><c>Unsupported</c> with the field.</exception>
    public static void Check(NewPrincipal principal)
    {
        DirectoryType type = DirectoryType.Find(principal.Type) ?? throw CreateTypeError(principal.Type);
        Check(type, principal.Type, GetFields(principal));
        if (type == DirectoryType.ApiKey)
        {
            JmapKeyName.Split(principal.Name);
            JmapKeyPermissions.Create(principal);
        }
    }

    /// <summary>Refuses what changes would give a principal that it cannot have.</summary>
    /// <exception cref="MailServerException"><c>Unsupported</c> with the field.</exception>
    public static void Check(PrincipalType kind, IEnumerable<PrincipalChange> changes) =>
        Check(DirectoryType.Find(kind) ?? throw CreateTypeError(kind), kind, changes.Where(change => change.Action != PrincipalAction.RemoveItem && !IsEmpty(change)).Select(change => change.Field));

    private static void Check(DirectoryType type, PrincipalType kind, IEnumerable<string> fields)
    {
        if (fields.FirstOrDefault(field => !CanHave(type, kind, field)) is { } wrong)
        {
            throw new MailServerException(MailErrorCode.Unsupported, Operations.CallJmap, $"A principal of type {kind} has no {TypeFields.GetName(wrong)}. {(kind == PrincipalType.ApiKey ? s_keyReasons : s_reasons).GetValueOrDefault(wrong)}".TrimEnd())
            {
                Field = wrong,
            };
        }
    }

    /// <summary>Whether a principal of type <paramref name="member"/> can be a member of one of type <paramref name="container"/>.</summary>
    public static bool CanBeMember(PrincipalType container, PrincipalType member) =>
        container == PrincipalType.Group ? member == PrincipalType.Individual : TypeFields.CanBeMember(container, member);

    private static bool CanHave(DirectoryType type, PrincipalType kind, string field) => field switch
    {
        PrincipalField.Name => true,
        PrincipalField.Lists => type == DirectoryType.Account,
        PrincipalField.Members => type == DirectoryType.MailingList || kind == PrincipalType.Group,
        PrincipalField.MemberOf or PrincipalField.Secrets => kind == PrincipalType.Individual,
        PrincipalField.DisabledEmails => type.Has(PrincipalField.Emails),
        _ => type.Has(field),
    };

    private static IEnumerable<string> GetFields(NewPrincipal principal) => new (string Field, bool IsGiven)[]
    {
        (PrincipalField.Description, !string.IsNullOrEmpty(principal.Description)),
        (PrincipalField.Emails, principal.Email.Count > 0),
        (PrincipalField.Quota, principal.Quota > 0),
        (PrincipalField.MemberOf, principal.MemberOf.Count > 0),
        (PrincipalField.Lists, principal.List.Count > 0),
        (PrincipalField.Roles, principal.Role.Count > 0),
        (PrincipalField.Members, principal.Member.Count > 0),
        (PrincipalField.ExternalMembers, principal.ExternalMember.Count > 0),
        (PrincipalField.EnabledPermissions, principal.EnabledPermission.Count > 0),
        (PrincipalField.DisabledPermissions, principal.DisabledPermission.Count > 0),
        (PrincipalField.Urls, principal.Url.Count > 0),
        (PrincipalField.Tenant, principal.Tenant is not null),
        (PrincipalField.Picture, principal.Picture is not null),
        (PrincipalField.Locale, !string.IsNullOrEmpty(principal.Locale)),
        (PrincipalField.Secrets, principal.Secret.Count > 0),
        (PrincipalField.Expires, principal.Expires is not null),
        (PrincipalField.AllowedIps, principal.AllowedIp.Count > 0),
    }.Where(given => given.IsGiven).Select(given => given.Field);

    private static bool IsEmpty(PrincipalChange change) => change is { Text.Length: 0 } or { Items.Count: 0 } or { Number: 0 };
}
