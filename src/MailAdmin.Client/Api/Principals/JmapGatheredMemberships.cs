using System.Collections.Concurrent;
using System.Text.Json;
using MailAdmin.Client.Jmap;

namespace MailAdmin.Client.Api.Principals;

/// <summary>
/// Writes the memberships of several callers together: what waits for one list is one patch of it, and what waits for several accounts one set. A list is read once for all
/// who wait, however many addresses are on it.
/// </summary>
internal sealed class JmapGatheredMemberships(JmapChannel channel, JmapLookup lookup, JmapDirectoryWrites writes) : Gathering<JmapMembership, MailServerException?>
{
    /// <summary>Makes a membership as it is to be.</summary>
    /// <returns>Why it is not; null where it is.</returns>
    public Task<MailServerException?> ApplyAsync(JmapMembership membership, CancellationToken cancellationToken) => AddAsync(membership, cancellationToken);

    // One at a time: of each object that is changed, what is there is read before.
    protected override bool MayStart(int inProgress, IReadOnlyList<GatheredWork<JmapMembership, MailServerException?>> waiting) => inProgress == 0;

    // What is written later than another change of the same membership stays behind it.
    protected override IReadOnlyList<GatheredWork<JmapMembership, MailServerException?>> Choose(IReadOnlyList<GatheredWork<JmapMembership, MailServerException?>> waiting) =>
        [.. waiting.DistinctBy(each => (each.Work.Property, GetOwner(each.Work), each.Work.Element)).Take(GatheredWrites.MaxChanges)];

    protected override async Task<IReadOnlyList<MailServerException?>> SendAsync(IReadOnlyList<JmapMembership> works, CancellationToken cancellationToken)
    {
        var errors = new ConcurrentDictionary<JmapMembership, MailServerException>();
        // All are found before one is written: what is written at once goes in one set.
        (JmapMembership[] OfOne, FoundObject? Owner)[] found = await Task.WhenAll(works.GroupBy(each => (each.Property, GetOwner(each)))
            .Select(async ofOne => ((JmapMembership[])[.. ofOne], await FindAsync([.. ofOne], errors, cancellationToken).ConfigureAwait(false)))).ConfigureAwait(false);
        await Task.WhenAll(found.Where(each => each.Owner is not null).Select(each => ApplyAsync(each.Owner!, each.OfOne, errors, cancellationToken))).ConfigureAwait(false);
        return [.. works.Select(each => errors.GetValueOrDefault(each))];
    }

    private async Task<FoundObject?> FindAsync(JmapMembership[] ofOne, ConcurrentDictionary<JmapMembership, MailServerException> errors, CancellationToken cancellationToken)
    {
        try
        {
            FoundObject owner = await lookup.GetAsync(ofOne[0].Owner, ofOne[0].OwnerType, cancellationToken).ConfigureAwait(false);
            ThrowIfWithoutSet(owner, ofOne[0]);
            return owner;
        }
        catch (MailServerException e)
        {
            AddErrors(ofOne, e, errors);
            return null;
        }
    }

    private async Task ApplyAsync(FoundObject owner, JmapMembership[] ofOne, ConcurrentDictionary<JmapMembership, MailServerException> errors, CancellationToken cancellationToken)
    {
        HashSet<string> elements = ReadElements(owner.Item, ofOne[0].Property);
        try
        {
            await WriteAsync(owner, [.. ofOne.Where(each => elements.Contains(each.Element) != each.IsIn)], errors, cancellationToken).ConfigureAwait(false);
        }
        catch (MailServerException e)
        {
            AddErrors(ofOne, e, errors);
        }
    }

    private async Task WriteAsync(FoundObject owner, JmapMembership[] memberships, ConcurrentDictionary<JmapMembership, MailServerException> errors, CancellationToken cancellationToken)
    {
        if (memberships.Length == 0)
        {
            return;
        }
        var patch = new JmapPatch();
        foreach (JmapMembership membership in memberships)
        {
            patch.SetElement(membership.Property, membership.Element, membership.IsIn);
        }
        JmapMembership[] done = [];
        var order = new SetOrder(owner.Type.Name, [SetChange.Update(owner.Id, patch.Write)])
        {
            FindDoneAsync = async (changes, look) =>
            {
                done = await FindDoneAsync(owner, memberships, look).ConfigureAwait(false);
                return done.Length == memberships.Length ? new Dictionary<SetChange, string> { [changes[0]] = owner.Id } : [];
            },
        };
        try
        {
            await writes.ApplyAsync(order, $"Changing '{owner.Name}'", cancellationToken).ConfigureAwait(false);
        }
        catch (MailServerException e) when (memberships.Length > 1 && MayBeOfOne(e))
        {
            foreach (JmapMembership[] half in memberships.Chunk((memberships.Length + 1) / 2))
            {
                await WriteAsync(owner, half, errors, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (MailServerException e)
        {
            AddErrors(memberships.Except(done), e, errors);
        }
    }

    // The server refuses a patch as a whole, whatever in it is wrong.
    protected override bool MayBeOfOne(MailServerException error) =>
        base.MayBeOfOne(error) || error.Code is MailErrorCode.InvalidRequest or MailErrorCode.QuotaExceeded or MailErrorCode.Unknown;

    private async Task<JmapMembership[]> FindDoneAsync(FoundObject owner, JmapMembership[] memberships, CancellationToken cancellationToken)
    {
        string property = memberships[0].Property;
        GetAnswer<HashSet<string>> now = await channel.GetAsync(owner.Type.Name, [owner.Id], item => ReadElements(item, property), cancellationToken, [property]).ConfigureAwait(false);
        return now.Items is [var elements] ? [.. memberships.Where(each => elements.Contains(each.Element) == each.IsIn)] : [];
    }

    private static void ThrowIfWithoutSet(FoundObject owner, JmapMembership membership)
    {
        if (owner.Type != membership.OwnerType || !owner.Item.TryGetProperty(membership.Property, out _))
        {
            throw MailServerException.CreateRefusal(Operations.CallJmap, membership.Field, membership.Property == JmapMembership.Recipients
                ? $"'{owner.Name}' is not a mailing list but of type {owner.Kind}."
                : TypeFields.FormatMemberError(PrincipalType.Group, owner.Name, owner.Kind));
        }
    }

    private static void AddErrors(IEnumerable<JmapMembership> memberships, MailServerException error, ConcurrentDictionary<JmapMembership, MailServerException> errors)
    {
        foreach (JmapMembership membership in memberships)
        {
            errors[membership] = error;
        }
    }

    private static string GetOwner(JmapMembership membership) => MailAddress.ToComparable(membership.Owner);

    private static HashSet<string> ReadElements(JsonElement item, string property) =>
        item.GetProperty(property).EnumerateObject().Select(element => element.Name).ToHashSet(StringComparer.Ordinal);
}
