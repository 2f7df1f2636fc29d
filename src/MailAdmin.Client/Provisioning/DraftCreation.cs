// From a row to what is created.
namespace MailAdmin.Client.Provisioning;

internal static class DraftCreation
{
    public static PlannedRow Plan(Draft draft, ImportOptions options, int wave)
    {
        NewPrincipal principal = Principal(draft);
        bool generates = draft.Desired.Password is null && options.GeneratePassword && draft.Type == PrincipalType.Individual;
        return new PlannedRow
        {
            Row = draft.Desired.Row,
            Identity = draft.Name,
            Type = draft.Type,
            Action = PlannedAction.Create,
            Wave = wave,
            NewPrincipal = principal,
            Password = draft.Desired.Password,
            GeneratesPassword = generates,
            Changes = [.. Describe(principal), .. DescribePassword(draft, generates)],
        };
    }

    private static NewPrincipal Principal(Draft draft)
    {
        DesiredPrincipal desired = draft.Desired;
        return new NewPrincipal
        {
            Type = draft.Type,
            Name = draft.Name,
            Description = desired.Description,
            Email = desired.Email ?? [],
            Quota = desired.Quota is > 0 ? desired.Quota : null,
            MemberOf = draft.Sent(PrincipalField.MemberOf),
            List = draft.Sent(PrincipalField.Lists),
            Role = draft.Sent(PrincipalField.Roles),
            Member = draft.Sent(PrincipalField.Members),
            ExternalMember = [.. (desired.ExternalMember ?? []).Union(draft.ForeignMembers)],
            EnabledPermission = desired.EnabledPermission ?? [],
            DisabledPermission = DisabledPermissions(desired),
            Url = desired.Url ?? [],
            Tenant = desired.Tenant,
            Picture = desired.Picture,
            Locale = desired.Locale,
        };
    }

    private static IReadOnlyList<string> DisabledPermissions(DesiredPrincipal desired) =>
        desired.Enabled == false ? [.. (desired.DisabledPermission ?? []).Union(["authenticate"])] : desired.DisabledPermission ?? [];

    private static IEnumerable<string> Describe(NewPrincipal principal)
    {
        if (principal.Description is { } description)
        {
            yield return $"Description '{description}'";
        }

        if (principal.Quota is { } quota)
        {
            yield return $"Quota {ByteSize.Format(quota)}";
        }

        foreach ((ImportField field, IReadOnlyList<string> items) in Lists(principal))
        {
            if (items.Count > 0)
            {
                yield return $"{field} {string.Join(", ", items)}";
            }
        }

        if (principal.Tenant is { } tenant)
        {
            yield return $"Tenant {tenant}";
        }

        if (principal.Locale is { } locale)
        {
            yield return $"Locale {locale}";
        }

        if (principal.Picture is not null)
        {
            yield return "Picture";
        }
    }

    private static (ImportField Field, IReadOnlyList<string> Items)[] Lists(NewPrincipal principal) =>
    [
        (ImportField.Email, principal.Email),
        (ImportField.MemberOf, principal.MemberOf),
        (ImportField.List, principal.List),
        (ImportField.Role, principal.Role),
        (ImportField.Member, principal.Member),
        (ImportField.ExternalMember, principal.ExternalMember),
        (ImportField.EnabledPermission, principal.EnabledPermission),
        (ImportField.DisabledPermission, principal.DisabledPermission),
        (ImportField.Url, principal.Url),
    ];

    private static IEnumerable<string> DescribePassword(Draft draft, bool generates) =>
        draft.Desired.Password is not null ? ["Password set"] : generates ? ["Password generated"] : [];
}
