using MailAdmin.Client.Http;

namespace MailAdmin.Client.Api.Principals;

/// <summary>
/// Refuses changes that would make a principal a member of itself, directly or through others: the server stores them, and whatever follows memberships
/// then turns in a circle.
/// </summary>
internal sealed class MembershipCycles(IDirectory directory)
{
    // Where no group is in a group, that is said, and no circle is possible.
    private bool NestsGroups => directory.CanBeMember(PrincipalType.Group, PrincipalType.Group);

    // Two changes at once, each right by itself, could close a circle together.
    private readonly KeyedLocks _gate = new();

    /// <summary>Checks the memberships that a change adds. What is returned must be held until the change is made; null if nothing has to be.</summary>
    /// <exception cref="MailServerException"><c>RejectedByClient</c> with the circle.</exception>
    public async Task<IDisposable?> CheckAsync(string name, IReadOnlyList<PrincipalChange> changes, CancellationToken cancellationToken)
    {
        string[] containers = [.. GetAdded(changes, NestsGroups ? [PrincipalField.MemberOf, PrincipalField.Roles] : [PrincipalField.Roles]).Except(BuiltInRoles.Names)];
        string[] members = NestsGroups ? GetAdded(changes, PrincipalField.Members) : [];
        if (containers.Length == 0 && members.Length == 0)
        {
            return null;
        }
        if (containers.Contains(name) || members.Contains(name))
        {
            throw CreateRefusal(Operations.PatchPrincipal, [name, name]);
        }
        if (!await MayHaveMembersBelowAsync(name, containers, members, cancellationToken).ConfigureAwait(false))
        {
            return null;
        }
        IDisposable turn = await _gate.AcquireAsync("", cancellationToken).ConfigureAwait(false);
        try
        {
            string[] above = members.Length > 0 ? [.. containers, .. await GetContainersAsync(name, cancellationToken).ConfigureAwait(false)] : containers;
            await WalkAsync(Operations.PatchPrincipal, name, above, [name, .. members], cancellationToken).ConfigureAwait(false);
            return turn;
        }
        catch
        {
            turn.Dispose();
            throw;
        }
    }

    /// <summary>Checks the memberships of a principal to create.</summary>
    /// <exception cref="MailServerException"><c>RejectedByClient</c> with the circle.</exception>
    public async Task CheckAsync(NewPrincipal principal, CancellationToken cancellationToken)
    {
        string name = principal.Name.ToLowerInvariant();
        string[] containers = Normalize((NestsGroups ? principal.MemberOf : []).Concat(principal.Type == PrincipalType.Role ? principal.Role : []));
        string[] members = NestsGroups ? Normalize(principal.Member) : [];
        if (containers.Contains(name) || members.Contains(name))
        {
            throw CreateRefusal(Operations.CreatePrincipal, [name, name]);
        }
        if (containers.Length > 0 && members.Length > 0)
        {
            await WalkAsync(Operations.CreatePrincipal, name, containers, members, cancellationToken).ConfigureAwait(false);
        }
    }

    // An account that only joins groups closes no circle: nothing is a member of it but, perhaps, another account.
    private async Task<bool> MayHaveMembersBelowAsync(string name, string[] containers, string[] members, CancellationToken cancellationToken)
    {
        if (members.Length > 0 || await directory.MayHaveMembersAsync(name, cancellationToken).ConfigureAwait(false))
        {
            return true;
        }
        foreach (string container in containers)
        {
            if (!await directory.MayHaveMembersAsync(container, cancellationToken).ConfigureAwait(false))
            {
                return true;
            }
        }
        return false;
    }

    private async Task WalkAsync(Operation operation, string name, IEnumerable<string> start, IReadOnlyCollection<string> sought, CancellationToken cancellationToken)
    {
        var paths = new Queue<string[]>(start.Select(container => (string[])[name, container]));
        var visited = new HashSet<string>(StringComparer.Ordinal);
        while (paths.TryDequeue(out string[]? path))
        {
            if (sought.Contains(path[^1]))
            {
                throw CreateRefusal(operation, path[^1] == name ? path : [.. path, name]);
            }
            if (visited.Add(path[^1]))
            {
                foreach (string container in await GetContainersAsync(path[^1], cancellationToken).ConfigureAwait(false))
                {
                    paths.Enqueue([.. path, container]);
                }
            }
        }
    }

    private async Task<IEnumerable<string>> GetContainersAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            MailPrincipal? principal = await directory.GetOrNullAsync(name, cancellationToken).ConfigureAwait(false);
            return principal is null ? [] : StoredFields.GetItems(principal, PrincipalField.MemberOf).Concat(principal.Type == PrincipalType.Role ? StoredFields.GetItems(principal, PrincipalField.Roles) : []);
        }
        catch (MailServerException e) when (e.Code == MailErrorCode.Forbidden)
        {
            // Who may change a group and read none cannot be told.
            return [];
        }
    }

    private static string[] GetAdded(IReadOnlyList<PrincipalChange> changes, params string[] fields) => Normalize(changes
        .Where(change => change.Action != PrincipalAction.RemoveItem && fields.Contains(change.Field))
        .SelectMany(change => change.Items ?? [change.Text ?? ""]));

    private static string[] Normalize(IEnumerable<string> names) => [.. names.Select(name => name.Trim().ToLowerInvariant())];

    private static MailServerException CreateRefusal(Operation operation, string[] circle) => MailServerException.CreateRefusal(
        operation, PrincipalField.MemberOf, $"'{circle[0]}' would become a member of itself: {string.Join(" is a member of ", circle.Select(name => $"'{name}'"))}.");
}
