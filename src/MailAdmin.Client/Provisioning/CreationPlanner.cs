namespace MailAdmin.Client.Provisioning;

/// <summary>Plans a row whose principal does not exist.</summary>
internal static class CreationPlanner
{
    public static PlannedRow Plan(RowContext context, ImportOptions options, int level)
    {
        NewPrincipal principal = CreatePrincipal(context);
        bool generates = context.Spec.Password is null && options.GeneratePassword && context.Type == PrincipalType.Individual;
        return new PlannedRow
        {
            Row = context.Number,
            Identity = context.Name,
            Type = context.Type,
            Action = PlannedAction.Create,
            DependencyLevel = level,
            NewPrincipal = principal,
            Password = context.Spec.Password,
            GeneratesPassword = generates,
            Warnings = context.Warnings,
            Changes = [.. Describe(principal), .. DescribePassword(context, generates)],
        };
    }

    private static NewPrincipal CreatePrincipal(RowContext context)
    {
        PrincipalSpec spec = context.Spec;
        return new NewPrincipal
        {
            Type = context.Type,
            Name = context.Name,
            Description = spec.Description,
            Email = spec.Email ?? [],
            Quota = spec.Quota is > 0 ? spec.Quota : null,
            MemberOf = context.GetAssigned(PrincipalField.MemberOf),
            List = context.GetAssigned(PrincipalField.Lists),
            Role = context.GetAssigned(PrincipalField.Roles),
            Member = context.GetAssigned(PrincipalField.Members),
            ExternalMember = [.. (spec.ExternalMember ?? []).Union(context.ExternalMembers)],
            EnabledPermission = spec.EnabledPermission ?? [],
            DisabledPermission = GetDisabledPermissions(spec),
            Url = spec.Url ?? [],
            Tenant = spec.Tenant,
            Picture = spec.Picture,
            Locale = spec.Locale,
        };
    }

    private static IReadOnlyList<string> GetDisabledPermissions(PrincipalSpec spec) =>
        spec.Enabled == false ? [.. (spec.DisabledPermission ?? []).Union([MailPrincipal.AuthenticatePermission])] : spec.DisabledPermission ?? [];

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

        foreach ((ImportField field, IReadOnlyList<string> items) in GetLists(principal))
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

    private static (ImportField Field, IReadOnlyList<string> Items)[] GetLists(NewPrincipal principal) =>
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

    private static IEnumerable<string> DescribePassword(RowContext context, bool generates) =>
        context.Spec.Password is not null ? ["Password set"] : generates ? ["Password generated"] : [];
}
