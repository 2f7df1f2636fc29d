using System.Text.Json;
using MailAdmin.Client.Calls;
using MailAdmin.Client.Jmap;

namespace MailAdmin.Client.Api.Principals;

/// <summary>
/// Writes what other objects hold of a principal: a group is a property of its members, and an address on a list one of the list. These are objects of
/// their own, written after the principal itself.
/// </summary>
internal sealed class JmapMembershipWrites(JmapChannel channel, JmapLookup lookup, JmapDirectoryWrites writes)
{
    private const string RecipientsProperty = "recipients";
    private const string GroupsProperty = "memberGroupIds";

    /// <summary>Whether a field of a principal is in other objects.</summary>
    public static bool IsOfOthers(PrincipalType kind, string field) => field == PrincipalField.Lists || (field == PrincipalField.Members && kind == PrincipalType.Group);

    /// <summary>Adds a new principal to its lists, and its members to a new group.</summary>
    /// <exception cref="MailServerException">The principal is there; the message says which of these it lacks.</exception>
    public async Task AddAsync(NewPrincipal created, string id, CancellationToken cancellationToken)
    {
        PrincipalChange[] changes =
        [
            .. created.List.Select(list => PrincipalChange.Add(PrincipalField.Lists, list)),
            .. created.Type == PrincipalType.Group ? created.Member.Select(member => PrincipalChange.Add(PrincipalField.Members, member)) : [],
        ];
        await ApplyAsync($"'{created.Name}' was created, but", id, created.Name, null, changes, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Changes the memberships of a principal that is there.</summary>
    /// <exception cref="MailServerException">The message says which are not as wanted.</exception>
    public Task ChangeAsync(FoundObject found, MailPrincipal principal, IReadOnlyList<PrincipalChange> changes, CancellationToken cancellationToken) =>
        ApplyAsync($"'{found.Name}' itself is as wanted, but", found.Id, found.Name, principal, changes, cancellationToken);

    private async Task ApplyAsync(string beginning, string id, string name, MailPrincipal? principal, IReadOnlyList<PrincipalChange> changes, CancellationToken cancellationToken)
    {
        foreach (IGrouping<string, PrincipalChange> field in changes.GroupBy(change => change.Field))
        {
            IReadOnlyList<string> current = principal is null ? [] : StoredFields.GetItems(principal, field.Key);
            IReadOnlyList<string> wanted = JmapPrincipalPatch.Apply(current, field, MailAddress.Comparer);
            (string property, string element) = field.Key == PrincipalField.Lists ? (RecipientsProperty, name) : (GroupsProperty, id);
            await ApplyAsync(beginning, property, element, wanted.Except(current, MailAddress.Comparer), isIn: true, cancellationToken).ConfigureAwait(false);
            await ApplyAsync(beginning, property, element, current.Except(wanted, MailAddress.Comparer), isIn: false, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ApplyAsync(string beginning, string property, string element, IEnumerable<string> owners, bool isIn, CancellationToken cancellationToken)
    {
        var failed = new List<(string Owner, MailServerException Error)>();
        foreach (string owner in owners)
        {
            try
            {
                FoundObject found = await lookup.GetAsync(owner, cancellationToken).ConfigureAwait(false);
                await ApplyAsync(found, property, element, isIn, cancellationToken).ConfigureAwait(false);
            }
            catch (MailServerException e)
            {
                failed.Add((owner, e));
            }
        }
        if (failed is [var (_, first), ..])
        {
            string owned = string.Join(", ", failed.Select(each => $"'{each.Owner}'"));
            string place = isIn ? "in" : "out of";
            string lacks = property == RecipientsProperty ? $"it is not {place} {owned}" : $"{owned} {(failed.Count == 1 ? "is" : "are")} not {place} it";
            throw OutcomeRules.PartlyDone(
                first, $"{beginning} {lacks}: {first.Message}", property == RecipientsProperty ? PrincipalField.Lists : PrincipalField.Members, failed[0].Owner);
        }
    }

    private async Task ApplyAsync(FoundObject owner, string property, string element, bool isIn, CancellationToken cancellationToken)
    {
        string type = property == RecipientsProperty ? DirectoryType.MailingList.Name : DirectoryType.Account.Name;
        if (owner.Type.Name != type || !owner.Item.TryGetProperty(property, out _))
        {
            string reason = owner.Kind == PrincipalType.Group ? JmapFields.GroupInGroup : $"'{owner.Name}' is of type {owner.Kind}, which cannot be that.";
            throw MailServerException.CreateRefusal(Operations.CallJmap, PrincipalField.Members, reason);
        }
        var patch = new JmapPatch();
        patch.SetElement(property, element, isIn);
        var order = new SetOrder(type, [SetChange.Update(owner.Id, patch.Write)])
        {
            FindDoneAsync = async (changes, look) =>
            {
                GetAnswer<bool> now = await channel.GetAsync(type, [owner.Id], item => HasElement(item, property, element), look, [property]).ConfigureAwait(false);
                return now.Items is [var has] && has == isIn ? new Dictionary<SetChange, string> { [changes[0]] = owner.Id } : new Dictionary<SetChange, string>();
            },
        };
        await writes.ApplyAsync(order, $"Changing '{owner.Name}'", cancellationToken).ConfigureAwait(false);
    }

    private static bool HasElement(JsonElement item, string property, string element) => item.GetProperty(property).TryGetProperty(element, out _);
}
