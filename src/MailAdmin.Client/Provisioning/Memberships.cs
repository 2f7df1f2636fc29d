// Which row sends a membership that involves principals the file creates: the one that goes later, when both are there.
namespace MailAdmin.Client.Provisioning;

internal sealed class Memberships(DraftDirectory directory, ImportOptions options)
{
    public void Assign()
    {
        foreach (Draft draft in directory.Drafts.Where(draft => !draft.Failed))
        {
            AsMember(draft, PrincipalField.MemberOf);
            AsMember(draft, PrincipalField.Lists);
            AsMember(draft, PrincipalField.Roles);
            AsContainer(draft);
            if (draft is { IsCreated: true } && draft.Type == PrincipalType.Individual && draft.Wanted(PrincipalField.Roles) is null)
            {
                foreach (string role in options.DefaultRole)
                {
                    draft.Send(PrincipalField.Roles, role);
                }
            }
        }
    }

    private void AsMember(Draft draft, string field)
    {
        foreach (string name in draft.Wanted(field) ?? [])
        {
            Draft? container = directory.Created(name);
            bool told = !draft.IsCreated && container?.Wanted(PrincipalField.Members)?.Contains(draft.Name) == true;
            if (container is null || container.Order.CompareTo(draft.Order) < 0)
            {
                if (!told)
                {
                    draft.Send(field, name);
                }
            }
            else
            {
                container.Send(PrincipalField.Members, draft.Name);
            }
        }
    }

    private void AsContainer(Draft draft)
    {
        foreach (string name in draft.Wanted(PrincipalField.Members) ?? [])
        {
            Draft? member = directory.Created(name);

            // A member whose own row is at fault is missing, and said to be: the mended file, run again, adds it.
            if (member is { Failed: true })
            {
                continue;
            }

            if (member is null || member.Order.CompareTo(draft.Order) < 0 || TypeFields.MembershipFieldOf(draft.Type) is not { } field)
            {
                draft.Send(PrincipalField.Members, name);
            }
            else
            {
                member.Send(field, draft.Name);
            }
        }
    }
}
