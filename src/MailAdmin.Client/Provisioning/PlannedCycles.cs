using MailAdmin.Client.Api.Principals;

namespace MailAdmin.Client.Provisioning;

/// <summary>Refuses memberships by which a group or role would be a member of itself through others, those of the server included: the server makes them.</summary>
internal sealed class PlannedCycles(ImportLookup directory, DirectoryState state, bool replace)
{
    private readonly Dictionary<string, HashSet<string>> _containers = new(StringComparer.Ordinal);

    public void Check(PrincipalType type, string field, ImportField column)
    {
        _containers.Clear();
        List<(RowContext Row, ImportField Column, string Member, string Container)> requested = [];
        foreach (RowContext context in directory.Rows.Where(context => context.Type == type))
        {
            requested.AddRange((context.GetRequested(field) ?? []).Select(container => (context, column, context.Name, container)));
            requested.AddRange((context.GetRequested(PrincipalField.Members) ?? []).Where(member => directory.FindType(member) == type).Select(member => (context, ImportField.Member, member, context.Name)));
        }

        AddExisting(type, field);
        foreach ((_, _, string member, string container) in requested)
        {
            Add(member, container);
        }

        foreach ((RowContext row, ImportField header, string member, string container) in requested.Where(edge => !IsStored(edge.Member, edge.Container, field)))
        {
            if (member != container && FindPath(container, member) is { } path)
            {
                row.AddError(header, header == ImportField.Member ? member : container, "MembershipCycle",
                    $"'{member}' would be a member of itself: {string.Join(" → ", path.Prepend(member))}. Leave out one of these memberships.");
            }
        }
    }

    private bool IsStored(string member, string container, string field) =>
        (directory.FindExisting(member) is { } existing && StoredFields.GetItems(existing, field).Contains(container))
        || (directory.FindExisting(container) is { } above && StoredFields.GetItems(above, PrincipalField.Members).Contains(member));

    private void AddExisting(PrincipalType type, string field)
    {
        foreach (MailPrincipal principal in state.Principals.Where(principal => principal.Type == type))
        {
            // An exact list takes away what it does not name.
            if (replace && directory.FindRow(principal.Name)?.GetRequested(field) is not null)
            {
                continue;
            }

            foreach (string container in StoredFields.GetItems(principal, field))
            {
                Add(principal.Name, container);
            }
        }
    }

    private void Add(string member, string container)
    {
        if (!_containers.TryGetValue(member, out HashSet<string>? containers))
        {
            _containers[member] = containers = new HashSet<string>(StringComparer.Ordinal);
        }

        containers.Add(container);
    }

    /// <summary>From a container up to the member, both included; null where it does not lead there.</summary>
    private List<string>? FindPath(string from, string to)
    {
        var previous = new Dictionary<string, string?>(StringComparer.Ordinal) { [from] = null };
        var open = new Queue<string>([from]);
        while (open.TryDequeue(out string? current))
        {
            if (current == to)
            {
                List<string> path = [];
                for (string? step = current; step is not null; step = previous[step])
                {
                    path.Insert(0, step);
                }

                return path;
            }

            foreach (string next in _containers.GetValueOrDefault(current, []).Where(next => previous.TryAdd(next, current)))
            {
                open.Enqueue(next);
            }
        }

        return null;
    }
}
