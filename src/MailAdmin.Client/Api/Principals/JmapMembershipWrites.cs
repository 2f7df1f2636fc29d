using MailAdmin.Client.Calls;
using MailAdmin.Client.Jmap;

namespace MailAdmin.Client.Api.Principals;

/// <summary>
/// Writes what other objects hold of a principal: a group is a property of its members, and an address on a list one of the list. These are objects of
/// their own, written after the principal itself.
/// </summary>
internal sealed class JmapMembershipWrites(JmapChannel channel, JmapLookup lookup, JmapDirectoryWrites writes)
{
    private readonly JmapGatheredMemberships _memberships = new(channel, lookup, writes);

    /// <summary>Whether a field of a principal is in other objects.</summary>
    public static bool IsOfOthers(PrincipalType kind, string field) => field == PrincipalField.Lists || (field == PrincipalField.Members && kind == PrincipalType.Group);

    /// <summary>Whether changes can be made only by who knows what there is.</summary>
    public static bool NeedCurrent(IEnumerable<PrincipalChange> changes) => changes.Any(change => change.Action == PrincipalAction.Set);

    /// <summary>What a new principal is added to, and what to it.</summary>
    public static IReadOnlyList<PrincipalChange> GetChanges(NewPrincipal created) =>
    [
        .. created.List.Select(list => PrincipalChange.Add(PrincipalField.Lists, list)),
        .. created.Type == PrincipalType.Group ? created.Member.Select(member => PrincipalChange.Add(PrincipalField.Members, member)) : [],
    ];

    /// <summary>Adds a new principal to its lists, and its members to a new group.</summary>
    /// <exception cref="MailServerException">The principal is there; the message says which of these it lacks.</exception>
    public async Task AddAsync(NewPrincipal created, string id, CancellationToken cancellationToken)
    {
        await ApplyAsync($"'{created.Name}' {(channel.Forecast is null ? "was" : "would be")} created, but", id, created.Name, null, GetChanges(created), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Changes the memberships of a principal that is there.</summary>
    /// <param name="found">The principal.</param>
    /// <param name="principal">The same, with its memberships where the changes <see cref="NeedCurrent"/>.</param>
    /// <param name="changes">The changes.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <exception cref="MailServerException">The message says which are not as wanted.</exception>
    public Task ChangeAsync(FoundObject found, MailPrincipal principal, IReadOnlyList<PrincipalChange> changes, CancellationToken cancellationToken) =>
        ApplyAsync($"'{found.Name}' itself {(channel.Forecast is null ? "is" : "would be")} as wanted, but", found.Id, found.Name, principal, changes, cancellationToken);

    private async Task ApplyAsync(string beginning, string id, string name, MailPrincipal? principal, IReadOnlyList<PrincipalChange> changes, CancellationToken cancellationToken)
    {
        JmapMembership[] memberships = [.. changes.GroupBy(change => change.Field).SelectMany(field => GetOwners([.. field], principal).Select(owner => field.Key == PrincipalField.Lists
            ? new JmapMembership(JmapMembership.Recipients, owner.Name, name, owner.IsIn)
            : new JmapMembership(JmapMembership.Groups, owner.Name, id, owner.IsIn)))];
        MailServerException?[] errors = await Task.WhenAll(memberships.Select(membership => _memberships.ApplyAsync(membership, cancellationToken))).ConfigureAwait(false);
        (JmapMembership Membership, MailServerException Error)[] failed = [.. memberships.Zip(errors).Where(each => each.Second is not null).Select(each => (each.First, each.Second!))];
        if (failed is [var (first, error), ..])
        {
            string missing = string.Join(" and ", failed.Select(each => each.Membership).GroupBy(membership => (membership.Property, membership.IsIn)).Select(Describe));
            throw OutcomeRules.PartlyDone(error, $"{beginning} {missing}: {error.Message}", first.Field, first.Owner);
        }
    }

    // In which of the others it is to be, and in which no longer.
    private static IEnumerable<(string Name, bool IsIn)> GetOwners(PrincipalChange[] changes, MailPrincipal? principal)
    {
        if (!NeedCurrent(changes))
        {
            return changes.GroupBy(change => change.Text!, MailAddress.Comparer).Select(ofOne => (ofOne.Key, ofOne.Last().Action == PrincipalAction.AddItem));
        }
        IReadOnlyList<string> current = principal is null ? [] : StoredFields.GetItems(principal, changes[0].Field);
        IReadOnlyList<string> wanted = JmapPrincipalPatch.Apply(current, changes, MailAddress.Comparer);
        return [.. wanted.Except(current, MailAddress.Comparer).Select(owner => (owner, true)), .. current.Except(wanted, MailAddress.Comparer).Select(owner => (owner, false))];
    }

    private static string Describe(IGrouping<(string Property, bool IsIn), JmapMembership> memberships)
    {
        string owners = string.Join(", ", memberships.Select(membership => $"'{membership.Owner}'"));
        return memberships.Key switch
        {
            (JmapMembership.Recipients, true) => $"it is not in {owners}",
            (JmapMembership.Recipients, false) => $"it is not out of {owners}",
            (_, true) => $"it lacks {owners}",
            _ => $"it still has {owners}",
        };
    }
}
