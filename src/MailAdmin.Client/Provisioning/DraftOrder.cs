// What must go before what among rows of one kind, and the faults that spread from row to row.
namespace MailAdmin.Client.Provisioning;

internal sealed class DraftOrder(DraftDirectory directory)
{
    private readonly Dictionary<Draft, HashSet<Draft>> _after = [];
    private readonly Dictionary<Draft, int> _waiting = [];

    /// <summary>Gives every row its depth below the rows it needs. Rows in a circle, or behind one, are at fault.</summary>
    public void Sort()
    {
        foreach (Draft draft in directory.Drafts.Where(draft => !draft.Failed))
        {
            Link(draft);
        }

        var ready = new Queue<Draft>(_after.Keys.Where(draft => !_waiting.ContainsKey(draft)));
        while (ready.TryDequeue(out Draft? draft))
        {
            foreach (Draft next in _after.GetValueOrDefault(draft, []))
            {
                next.Depth = Math.Max(next.Depth, draft.Depth + 1);
                if (--_waiting[next] == 0)
                {
                    ready.Enqueue(next);
                }
            }
        }

        foreach ((Draft draft, int _) in _waiting.Where(entry => entry.Value > 0))
        {
            draft.Fault(draft.Type == PrincipalType.Role ? ImportField.Role : ImportField.MemberOf, draft.Name, "MembershipCycle", $"'{draft.Name}' belongs, through others, to itself.");
        }
    }

    /// <summary>A row that names a principal which a failed row should create fails too.</summary>
    public void SpreadFaults()
    {
        bool changed;
        do
        {
            changed = false;
            foreach (Draft draft in directory.Drafts.Where(draft => !draft.Failed))
            {
                changed |= FailWithNeeded(draft);
            }
        }
        while (changed);
    }

    private bool FailWithNeeded(Draft draft)
    {
        foreach ((ImportField field, string name) in NeededBy(draft))
        {
            if (directory.Created(name) is not { Failed: true } needed)
            {
                continue;
            }

            draft.Fault(field, name, $"{needed.Type}Missing", $"'{name}' is to be created by row {needed.Desired.Row}, which is at fault.");
            return true;
        }

        return false;
    }

    private static IEnumerable<(ImportField Field, string Name)> NeededBy(Draft draft)
    {
        foreach (string address in draft.Desired.Email ?? [])
        {
            yield return (draft.Desired.AddressField, MailAddress.DomainOf(address));
        }

        foreach (string name in draft.Wanted(PrincipalField.MemberOf) ?? [])
        {
            yield return (ImportField.MemberOf, name);
        }

        foreach (string name in draft.Wanted(PrincipalField.Lists) ?? [])
        {
            yield return (ImportField.List, name);
        }

        foreach (string name in draft.Wanted(PrincipalField.Roles) ?? [])
        {
            yield return (ImportField.Role, name);
        }

        if (draft.Desired.Tenant is { } tenant)
        {
            yield return (ImportField.Tenant, tenant);
        }
    }

    private void Link(Draft draft)
    {
        foreach (string container in draft.Wanted(PrincipalField.MemberOf) ?? [])
        {
            Link(directory.Created(container), draft);
        }

        foreach (string container in draft.Wanted(PrincipalField.Roles) ?? [])
        {
            Link(directory.Created(container), draft);
        }

        foreach (string member in draft.Wanted(PrincipalField.Members) ?? [])
        {
            // Where only the container knows its members, they go first.
            if (TypeFields.MembershipFieldOf(draft.Type) is null)
            {
                Link(directory.Created(member), draft);
            }
            else if (draft.IsCreated)
            {
                Link(draft, directory.RowOf(member));
            }
        }
    }

    private void Link(Draft? before, Draft? after)
    {
        if (before is null || after is null || before.Type != after.Type || before.Failed || after.Failed)
        {
            return;
        }

        if (!_after.TryGetValue(before, out HashSet<Draft>? next))
        {
            _after[before] = next = [];
        }

        if (next.Add(after))
        {
            _waiting[after] = _waiting.GetValueOrDefault(after) + 1;
        }
    }
}
