namespace MailAdmin.Client.Api.Principals;

/// <summary>
/// Which fields a type of principal has (docs/api.md §6.1): the server stores others too, and they then do nothing. The same table holds for every way in. What
/// a later server may add, a type or a field, is left to the server.
/// </summary>
internal static class TypeFields
{
    private const string WithPermissions = "Only individuals, API keys, roles and tenants have permissions of their own.";

    // By the server's names of fields and types; "!" before the types that do not have it, where all others do.
    private static readonly Dictionary<string, TypeField> s_fields = new(StringComparer.Ordinal)
    {
        [PrincipalField.Emails] = new("Email", "! domain role tenant", "It gets no mail: give the address to an individual, a group or a list, such as Set-MailPrincipal jane.doe@example.org -AddEmail jane@example.org."),
        [PrincipalField.MemberOf] = new("MemberOf", "individual group", "Only individuals and groups belong to groups."),
        [PrincipalField.Lists] = new("List", "individual group", "Only individuals and groups are on mailing lists."),
        [PrincipalField.Roles] = new("Role", "individual role tenant apiKey", "Only individuals, roles, tenants and API keys have roles."),
        [PrincipalField.Members] = new("Member", "group list role resource location", "Only groups, lists and roles have members, and before 0.16 resources and locations: to put an account into a group, use Set-MailPrincipal jane@example.org -AddMemberOf sales@example.org."),
        [PrincipalField.ExternalMembers] = new("ExternalMember", "list", "Only mailing lists send mail on to addresses outside this server: use one, such as New-MailPrincipal partners@example.org -Type List -ExternalMember ann@example.com."),
        [PrincipalField.Quota] = new("Quota", "individual group tenant", "It would limit nothing: only individuals, groups and tenants have a quota, such as Set-MailPrincipal jane@example.org -Quota 5GB."),
        [PrincipalField.UsedQuota] = new("UsedBytes", "individual group tenant", "Only the server sets it."),
        [PrincipalField.Secrets] = new("Password", "individual apiKey", "Only individuals and API keys sign in."),
        [PrincipalField.EnabledPermissions] = new("EnabledPermission", "individual apiKey role tenant", WithPermissions),
        [PrincipalField.DisabledPermissions] = new("DisabledPermission", "individual apiKey role tenant", WithPermissions),
        [PrincipalField.DisabledEmails] = new("DisabledEmail", "individual group list", "Only individuals, groups and lists have addresses."),
        [PrincipalField.Created] = new("Created", "apiKey", "Only the server sets it."),
        [PrincipalField.Expires] = new("Expires", "apiKey", "Only API keys end by themselves: to keep an account from signing in, use Disable-MailPrincipal."),
        [PrincipalField.AllowedIps] = new("AllowedIp", "apiKey", "Only API keys are bound to addresses."),
        [PrincipalField.Tenant] = new("Tenant", "! tenant", "A tenant is in no other."),
    };

    /// <summary>Whether only some types have the field.</summary>
    public static bool DependsOnType(string field) => s_fields.ContainsKey(field) || field == PrincipalField.Urls;

    /// <summary>The name of the field as parameters and columns have it.</summary>
    public static string GetName(string field) => s_fields.TryGetValue(field, out TypeField? known) ? known.Name : field == PrincipalField.Urls ? "Url" : field;

    /// <summary>Whether a type has the field.</summary>
    public static bool CanHave(PrincipalType type, string field) => !s_fields.TryGetValue(field, out TypeField? known) || known.Types.Contains(type) || !PrincipalType.Known.Contains(type);

    /// <summary>Why a principal of this type cannot get the field, and what has it instead; null if it can.</summary>
    /// <param name="type">The type.</param>
    /// <param name="field">The server's name of the field.</param>
    /// <param name="isNew">Whether the principal is created.</param>
    public static string? GetError(PrincipalType type, string field, bool isNew) =>
        !CanHave(type, field) ? $"A principal of type {type} has no {GetName(field)}. {s_fields[field].Advice}"
        : field == PrincipalField.Roles && type == PrincipalType.ApiKey && !isNew ? "The roles of an API key cannot be changed after its creation. Create another one with them: New-MailPrincipal robot -Type ApiKey -Role user."
        : null;

    /// <summary>Refuses what a new principal cannot have.</summary>
    /// <exception cref="MailServerException"><c>RejectedByClient</c> with the field.</exception>
    public static void Check(NewPrincipal principal)
    {
        ThrowIf(principal.Email.Count > 0, PrincipalField.Emails);
        ThrowIf(principal.MemberOf.Count > 0, PrincipalField.MemberOf);
        ThrowIf(principal.List.Count > 0, PrincipalField.Lists);
        ThrowIf(principal.Role.Count > 0, PrincipalField.Roles);
        ThrowIf(principal.Member.Count > 0, PrincipalField.Members);
        ThrowIf(principal.ExternalMember.Count > 0, PrincipalField.ExternalMembers);
        ThrowIf(principal.Quota > 0, PrincipalField.Quota);
        ThrowIf(principal.Secret.Count > 0, PrincipalField.Secrets);
        ThrowIf(principal.EnabledPermission.Count > 0, PrincipalField.EnabledPermissions);
        ThrowIf(principal.DisabledPermission.Count > 0, PrincipalField.DisabledPermissions);
        ThrowIf(principal.Expires is not null, PrincipalField.Expires);
        ThrowIf(principal.AllowedIp.Count > 0, PrincipalField.AllowedIps);
        ThrowIf(principal.Tenant is not null, PrincipalField.Tenant);
        RedirectUrls.Check(principal.Type, principal.Url, Operations.CreatePrincipal);

        void ThrowIf(bool isGiven, string field)
        {
            if (isGiven && GetError(principal.Type, field, isNew: true) is { } error)
            {
                throw MailServerException.CreateRefusal(Operations.CreatePrincipal, field, error);
            }
        }
    }

    /// <summary>Refuses what changes would give a principal that it cannot have. What it has all the same, made by other means, may stay and may be removed.</summary>
    /// <exception cref="MailServerException"><c>RejectedByClient</c> with the field.</exception>
    public static void Check(MailPrincipal principal, IEnumerable<PrincipalChange> changes)
    {
        foreach (PrincipalChange change in changes)
        {
            if (Gives(principal, change) && GetError(principal.Kind, change.Field, isNew: false) is { } error)
            {
                throw MailServerException.CreateRefusal(Operations.PatchPrincipal, change.Field, error);
            }
            if (change.Field == PrincipalField.Urls && change.Action != PrincipalAction.RemoveItem)
            {
                RedirectUrls.Check(principal.Kind, (change.Items ?? [change.Text ?? ""]).Except(StoredFields.GetItems(principal, PrincipalField.Urls)), Operations.PatchPrincipal);
            }
        }
    }

    private static bool Gives(MailPrincipal principal, PrincipalChange change) => change switch
    {
        { Action: PrincipalAction.RemoveItem } => false,
        { Field: PrincipalField.Quota } => true,
        { Items: { } items } => items.Except(StoredFields.GetItems(principal, change.Field), StringComparer.OrdinalIgnoreCase).Any(),
        { Text: { } text } => text.Length > 0 && !StoredFields.GetItems(principal, change.Field).Contains(text, StringComparer.OrdinalIgnoreCase),
        _ => true,
    };

    /// <summary>Whether a principal of type <paramref name="member"/> can be a member of one of type <paramref name="container"/>.</summary>
    public static bool CanBeMember(PrincipalType container, PrincipalType member) => container.Word switch
    {
        "group" or "list" => member.Word is "individual" or "group",
        "role" => member == PrincipalType.Role,
        "resource" => member == PrincipalType.Resource,
        "location" => member.Word is "location" or "resource" or "individual" or "group" or "other",
        _ => !PrincipalType.Known.Contains(container),
    };

    /// <summary>Why a principal cannot be a member of one of type <paramref name="container"/>, and what to do instead.</summary>
    public static string FormatMemberError(PrincipalType container, string name, PrincipalType member) =>
        container == PrincipalType.Group && member == PrincipalType.Group ? $"'{name}' is a group. {JmapFields.GroupInGroup}" : $"'{name}' is of type {member} and cannot be a member of one of type {container}."
        + (container == PrincipalType.Role ? $" Give the role to it instead: column Role of '{name}', or Set-MailPrincipal -AddRole." : "");

    /// <summary>What goes first: domains, roles, groups, lists, then individuals and what may name them.</summary>
    public static int GetRank(PrincipalType type) => type.Word switch
    {
        "tenant" => 0,
        "domain" => 1,
        "role" => 2,
        "group" => 3,
        "list" => 4,
        "resource" => 6,
        "location" => 7,
        _ => 5,
    };

    /// <summary>The field in which a member names a container of this type; null where only the container lists its members.</summary>
    public static string? GetMembershipField(PrincipalType container) => container.Word switch
    {
        "group" => PrincipalField.MemberOf,
        "list" => PrincipalField.Lists,
        "role" => PrincipalField.Roles,
        _ => null,
    };

    /// <summary>A field that only some types have.</summary>
    private sealed class TypeField(string name, string types, string advice)
    {
        public string Name => name;

        public string Advice => advice;

        /// <summary>The types that have it.</summary>
        public HashSet<PrincipalType> Types { get; } = [.. PrincipalType.Known.Where(type => types.Split(' ').Contains(type.Word) != types.StartsWith('!'))];
    }
}
