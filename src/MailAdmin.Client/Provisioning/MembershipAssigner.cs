using MailAdmin.Client.Api.Principals;

namespace MailAdmin.Client.Provisioning;

/// <summary>Decides which row sends a membership between principals that the table creates: the later one, when both exist.</summary>
internal sealed class MembershipAssigner(ImportLookup directory)
{
    public void Assign()
    {
        foreach (RowContext context in directory.Rows)
        {
            context.ClearAssigned();
        }
        foreach (RowContext context in directory.Rows.Where(context => !context.HasErrors))
        {
            AssignAsMember(context, PrincipalField.MemberOf);
            AssignAsMember(context, PrincipalField.Lists);
            AssignAsMember(context, PrincipalField.Roles);
            AssignAsContainer(context);
            if (context is { IsNew: true } && context.Type == PrincipalType.Individual && context.GetRequested(PrincipalField.Roles) is null)
            {
                foreach (string role in NewPrincipal.DefaultIndividualRoles)
                {
                    context.Assign(PrincipalField.Roles, role);
                }
            }
        }
    }

    private void AssignAsMember(RowContext context, string field)
    {
        foreach (string name in context.GetRequested(field) ?? [])
        {
            RowContext? container = directory.FindNewRow(name);
            bool isRequested = !context.IsNew && container?.GetRequested(PrincipalField.Members)?.Contains(context.Name) == true;
            if (container is null || container.SortKey.CompareTo(context.SortKey) < 0)
            {
                if (!isRequested)
                {
                    context.Assign(field, name);
                }
            }
            else
            {
                container.Assign(PrincipalField.Members, context.Name);
            }
        }
    }

    private void AssignAsContainer(RowContext context)
    {
        foreach (string name in context.GetRequested(PrincipalField.Members) ?? [])
        {
            RowContext? member = directory.FindNewRow(name);

            // A member whose own row is invalid is missing, and reported: the corrected file, run again, adds it.
            if (member is { HasErrors: true })
            {
                continue;
            }

            if (member is null || member.SortKey.CompareTo(context.SortKey) < 0 || TypeFields.GetMembershipField(context.Type) is not { } field)
            {
                context.Assign(PrincipalField.Members, name);
            }
            else
            {
                member.Assign(field, context.Name);
            }
        }
    }
}
