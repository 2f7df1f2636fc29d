namespace MailAdmin.Client.Api.Principals;

/// <summary>What a principal names of others: the domain of an address, a group, a list, a role, a member, its tenant.</summary>
/// <param name="Field">The server's name of the field.</param>
/// <param name="Name">The name, lower-case.</param>
internal sealed record PrincipalReference(string Field, string Name)
{
    /// <summary>The type that is needed; null where several will do.</summary>
    public PrincipalType? Type => Field switch
    {
        PrincipalField.Emails => PrincipalType.Domain,
        PrincipalField.MemberOf => PrincipalType.Group,
        PrincipalField.Lists => PrincipalType.List,
        PrincipalField.Roles => PrincipalType.Role,
        PrincipalField.Tenant => PrincipalType.Tenant,
        _ => null,
    };

    /// <summary>What a new principal names.</summary>
    public static IEnumerable<PrincipalReference> Get(NewPrincipal principal) => Create(
        (PrincipalField.Emails, principal.Email),
        (PrincipalField.MemberOf, principal.MemberOf),
        (PrincipalField.Lists, principal.List),
        (PrincipalField.Roles, principal.Role),
        (PrincipalField.Members, principal.Member),
        (PrincipalField.Tenant, principal.Tenant is { } tenant ? [tenant] : []));

    /// <summary>The members that a new principal names.</summary>
    public static IEnumerable<PrincipalReference> GetMembers(NewPrincipal principal) => Create((PrincipalField.Members, principal.Member));

    /// <summary>What changes name.</summary>
    public static IEnumerable<PrincipalReference> Get(IEnumerable<PrincipalChange> changes) => Create(
        [.. changes.Where(change => change.Action != PrincipalAction.RemoveItem)
            .Select(change => (change.Field, change.Items ?? (change.Text is { Length: > 0 } text ? [text] : [])))]);

    private static IEnumerable<PrincipalReference> Create(params (string Field, IReadOnlyList<string> Values)[] fields) =>
        fields.SelectMany(field => field.Values.Select(value => new PrincipalReference(field.Field, GetName(field.Field, value.Trim().ToLowerInvariant()))))
            .Where(reference => reference.Type is not null || reference.Field == PrincipalField.Members)
            .Distinct();

    private static string GetName(string field, string value) => field == PrincipalField.Emails ? value[(value.LastIndexOf('@') + 1)..] : value;
}
