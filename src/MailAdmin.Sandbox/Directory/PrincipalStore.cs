using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Directory;

/// <summary>
/// The directory: records by number, by name and in the order of their names, the index of addresses, and who is member of what.
/// One lock guards it all; records themselves are never changed, so what was read stays readable without it.
/// </summary>
internal sealed class PrincipalStore(Random random, ServerDialect dialect)
{
    private readonly Dictionary<uint, Principal> byId = [];
    private readonly Dictionary<string, Principal> byName = new(StringComparer.Ordinal);
    private readonly SortedSet<Principal> byOrder = new(NameOrder.Instance);
    private readonly Dictionary<uint, SortedSet<uint>> members = [];
    private readonly int[] countByType = new int[16];
    private Principal[]? ordered;
    private uint last;

    /// <summary>How the directory of this version behaves.</summary>
    public ServerDialect Dialect => dialect;

    /// <summary>Held by whoever does more than one thing with the store.</summary>
    public Lock Gate { get; } = new();

    /// <summary>Which address belongs to whom.</summary>
    public AddressIndex Addresses { get; } = new();

    /// <summary>All records in the order of their names, as they are now.</summary>
    public ReadOnlyMemory<Principal> Ordered()
    {
        lock (Gate)
        {
            if (ordered is null)
            {
                ordered = new Principal[byOrder.Count];
                byOrder.CopyTo(ordered);
            }

            return ordered;
        }
    }

    public Principal? Find(string name)
    {
        lock (Gate)
            return byName.GetValueOrDefault(name);
    }

    public Principal? Find(uint id)
    {
        lock (Gate)
            return byId.GetValueOrDefault(id);
    }

    /// <summary>The one that receives mail for an address.</summary>
    public Principal? FindByAddress(string address)
    {
        lock (Gate)
            return Addresses.Owner(address) is { } id ? byId.GetValueOrDefault(id) : null;
    }

    public uint[] MembersOf(uint container)
    {
        lock (Gate)
            return members.TryGetValue(container, out var ids) ? [.. ids] : [];
    }

    /// <summary>How many of a tenant's records are of a type.</summary>
    public int CountInTenant(PrincipalType type, uint tenant)
    {
        lock (Gate)
            return byId.Values.Count(principal => principal.Type == type && principal.Tenant == tenant);
    }

    /// <summary>How many addresses lie in a domain, whoever owns them.</summary>
    public int CountAddresses(string domain)
    {
        lock (Gate)
            return Addresses.CountInDomain(domain);
    }

    public int Count(PrincipalType type)
    {
        lock (Gate)
            return countByType[(int)type];
    }

    /// <summary>A number that nobody has. Either one above all others, or any: those come in no order, and 0 is one of them.</summary>
    public uint FreeId()
    {
        lock (Gate)
        {
            if (dialect.NumbersPrincipalsInOrder)
                return ++last;
            var range = Math.Max(128, byId.Count * 2);
            uint id;
            do
                id = (uint)random.Next(range);
            while (byId.ContainsKey(id));
            return id;
        }
    }

    /// <summary>Puts in a new record with everything that hangs on it.</summary>
    /// <param name="principal">The record.</param>
    /// <param name="memberIds">Those who become its members.</param>
    public void Add(Principal principal, IEnumerable<uint> memberIds)
    {
        lock (Gate)
        {
            Insert(principal);
            countByType[(int)principal.Type]++;
            foreach (var address in principal.Emails ?? [])
                Addresses.Set(address, principal.Id);
            foreach (var container in principal.Memberships)
                Link(container, principal.Id);
            foreach (var member in memberIds)
                Join(member, principal.Id);
        }
    }

    /// <summary>Puts a changed record in the place of the one it was copied from.</summary>
    public void Replace(Principal old, Principal changed)
    {
        lock (Gate)
        {
            Extract(old);
            Insert(changed);
            foreach (var address in (old.Emails ?? []).Except(changed.Emails ?? []))
                Addresses.Remove(address);
            foreach (var address in (changed.Emails ?? []).Except(old.Emails ?? []))
                Addresses.Set(address, changed.Id);
            foreach (var container in old.Memberships.Except(changed.Memberships))
                Unlink(container, changed.Id);
            foreach (var container in changed.Memberships.Except(old.Memberships))
                Link(container, changed.Id);
        }
    }

    /// <summary>Makes a record member of another, in both places where that is kept.</summary>
    public void Join(uint member, uint container)
    {
        lock (Gate)
        {
            if (byId.TryGetValue(member, out var principal) && !principal.Memberships.Contains(container))
                Swap(principal, [.. principal.Memberships.Append(container).Order()]);
            Link(container, member);
        }
    }

    /// <summary>The reverse of <see cref="Join"/>.</summary>
    public void Leave(uint member, uint container)
    {
        lock (Gate)
        {
            if (byId.TryGetValue(member, out var principal))
                Swap(principal, Array.FindAll(principal.Memberships, id => id != container));
            Unlink(container, member);
        }
    }

    /// <summary>Takes a record out: its addresses, its memberships and its members' memberships go, its members stay.</summary>
    public void Remove(Principal principal)
    {
        lock (Gate)
        {
            foreach (var member in MembersOf(principal.Id))
                Leave(member, principal.Id);
            foreach (var container in principal.Memberships)
                Unlink(container, principal.Id);
            foreach (var address in principal.Emails ?? [])
                Addresses.Remove(address);
            members.Remove(principal.Id);
            Extract(principal);
            countByType[(int)principal.Type]--;
        }
    }

    /// <summary>A record by name that the caller may see, or the server's <c>notFound</c>.</summary>
    public Principal Require(string name, uint? tenant)
    {
        var principal = Find(name);
        return principal is not null && principal.IsVisibleTo(tenant) ? principal : throw Refusal.NotFound(name);
    }

    private void Insert(Principal principal)
    {
        byId[principal.Id] = principal;
        byName[principal.Name] = principal;
        byOrder.Add(principal);
        ordered = null;
    }

    private void Extract(Principal principal)
    {
        // The record may have been swapped meanwhile by a change of memberships; name and number find what is there now.
        byId.Remove(principal.Id);
        byName.Remove(principal.Name);
        byOrder.Remove(principal);
        ordered = null;
    }

    private void Swap(Principal principal, uint[] memberships)
    {
        var changed = principal.Copy();
        changed.Memberships = memberships;
        changed.Revision++;
        Extract(principal);
        Insert(changed);
    }

    private void Link(uint container, uint member)
    {
        if (BuiltInRoles.Name(container) is not null)
            return;
        if (!members.TryGetValue(container, out var ids))
            members[container] = ids = [];
        ids.Add(member);
    }

    private void Unlink(uint container, uint member)
    {
        if (members.TryGetValue(container, out var ids))
            ids.Remove(member);
    }
}
