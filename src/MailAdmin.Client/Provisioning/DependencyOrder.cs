using MailAdmin.Client.Api.Principals;

namespace MailAdmin.Client.Provisioning;

/// <summary>Which rows of one type must go before which, and the errors that spread from row to row.</summary>
internal sealed class DependencyOrder(ImportLookup directory)
{
    private readonly Dictionary<RowContext, HashSet<RowContext>> _dependents = [];
    private readonly Dictionary<RowContext, int> _unmetCounts = [];

    /// <summary>Gives every row its depth below the rows it needs. Rows in a cycle, or dependent on one, are invalid.</summary>
    public void Sort()
    {
        foreach (RowContext context in directory.Rows.Where(context => !context.HasErrors))
        {
            AddDependencies(context);
        }

        var ready = new Queue<RowContext>(_dependents.Keys.Where(context => !_unmetCounts.ContainsKey(context)));
        while (ready.TryDequeue(out RowContext? context))
        {
            foreach (RowContext next in _dependents.GetValueOrDefault(context, []))
            {
                next.DependencyDepth = Math.Max(next.DependencyDepth, context.DependencyDepth + 1);
                if (--_unmetCounts[next] == 0)
                {
                    ready.Enqueue(next);
                }
            }
        }

        foreach ((RowContext context, int _) in _unmetCounts.Where(entry => entry.Value > 0))
        {
            context.AddError(context.Type == PrincipalType.Role ? ImportField.Role : ImportField.MemberOf, context.Name, "MembershipCycle", $"'{context.Name}' would be a member of itself through others.");
        }
    }

    /// <summary>A row that names a principal which a failed row should create fails too.</summary>
    public void PropagateErrors()
    {
        bool changed = directory.Rows.Any(context => context.HasErrors);
        while (changed)
        {
            changed = false;
            foreach (RowContext context in directory.Rows.Where(context => !context.HasErrors))
            {
                changed |= FailIfDependencyFailed(context);
            }
        }
    }

    private bool FailIfDependencyFailed(RowContext context)
    {
        foreach ((ImportField field, string name) in GetDependencies(context))
        {
            if (directory.FindNewRow(name) is not { HasErrors: true } needed)
            {
                continue;
            }

            context.AddError(field, name, $"{needed.Type}Missing", $"'{name}' is to be created by row {needed.Number}, which is invalid.", isSpread: true);
            return true;
        }

        return false;
    }

    private static IEnumerable<(ImportField Field, string Name)> GetDependencies(RowContext context)
    {
        foreach (string address in context.Spec.Email ?? [])
        {
            yield return (context.AddressField, MailAddress.GetDomain(address));
        }

        foreach (string name in context.GetRequested(PrincipalField.MemberOf) ?? [])
        {
            yield return (ImportField.MemberOf, name);
        }

        foreach (string name in context.GetRequested(PrincipalField.Lists) ?? [])
        {
            yield return (ImportField.List, name);
        }

        foreach (string name in context.GetRequested(PrincipalField.Roles) ?? [])
        {
            yield return (ImportField.Role, name);
        }

        if (context.Spec.Tenant is { } tenant)
        {
            yield return (ImportField.Tenant, tenant);
        }
    }

    private void AddDependencies(RowContext context)
    {
        foreach (string container in context.GetRequested(PrincipalField.MemberOf) ?? [])
        {
            AddDependencies(directory.FindNewRow(container), context);
        }

        foreach (string container in context.GetRequested(PrincipalField.Roles) ?? [])
        {
            AddDependencies(directory.FindNewRow(container), context);
        }

        foreach (string member in context.GetRequested(PrincipalField.Members) ?? [])
        {
            // Where only the container lists its members, they go first.
            if (TypeFields.GetMembershipField(context.Type) is null)
            {
                AddDependencies(directory.FindNewRow(member), context);
            }
            else if (context.IsNew)
            {
                AddDependencies(context, directory.FindRow(member));
            }
        }
    }

    private void AddDependencies(RowContext? before, RowContext? after)
    {
        if (before is null || after is null || before.Type != after.Type || before.HasErrors || after.HasErrors)
        {
            return;
        }

        if (!_dependents.TryGetValue(before, out HashSet<RowContext>? next))
        {
            _dependents[before] = next = [];
        }

        if (next.Add(after))
        {
            _unmetCounts[after] = _unmetCounts.GetValueOrDefault(after) + 1;
        }
    }
}
