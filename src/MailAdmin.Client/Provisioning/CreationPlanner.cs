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
            Changes = [.. principal.Describe(), .. DescribePassword(context, generates)],
        };
    }

    private static NewPrincipal CreatePrincipal(RowContext context)
    {
        PrincipalSpec spec = context.Spec;
        NewPrincipal principal = spec.CreatePrincipal(context.Type) with
        {
            Name = context.Name,
            Quota = spec.Quota is > 0 ? spec.Quota : null,
            MemberOf = context.GetAssigned(PrincipalField.MemberOf),
            List = context.GetAssigned(PrincipalField.Lists),
            Role = context.GetAssigned(PrincipalField.Roles),
            Member = context.GetAssigned(PrincipalField.Members),
            ExternalMember = context.ExternalMembers.Count == 0 ? spec.ExternalMember ?? [] : [.. (spec.ExternalMember ?? []).Union(context.ExternalMembers)],
        };
        return spec.Enabled == false ? principal.Disable() : principal;
    }

    private static string[] DescribePassword(RowContext context, bool generates) =>
        context.Spec.Password is not null ? ["Password set"] : generates ? ["Password generated"] : [];
}
