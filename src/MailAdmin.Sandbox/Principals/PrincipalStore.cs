using MailAdmin.Sandbox.Access;
using MailAdmin.Sandbox.Api;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Principals;

/// <summary>
/// The directory: records by id, by name and in the order of their names, the index of addresses, and memberships.
/// One lock guards it all; records themselves are never changed, so a record can be read without the lock.
/// </summary>
internal sealed class PrincipalStore(Random random, ServerDialect dialect)
{
    private readonly Dictionary<uint, Principal> _byId = [];
    private readonly Dictionary<string, Principal> _byName = new(StringComparer.Ordinal);
    private readonly SortedSet<Principal> _byOrder = new(PrincipalNameComparer.Instance);
    private readonly Dictionary<uint, SortedSet<uint>> _members = [];
    private readonly int[] _countByType = new int[16];
    private Principal[]? _ordered;
    private uint _lastId;

    /// <summary>How the directory of this version behaves.</summary>
    public ServerDialect Dialect => dialect;

    /// <summary>Held by callers that do more than one thing with the store.</summary>
    public Lock Gate { get; } = new();

    /// <summary>Which address belongs to whom.</summary>
    public AddressIndex Addresses { get; } = new();

    /// <summary>All records in the order of their names, as they are now.</summary>
    public ReadOnlyMemory<Principal> GetOrdered()
    {
        lock (Gate)
        {
            if (_ordered is null)
            {
                _ordered = new Principal[_byOrder.Count];
                _byOrder.CopyTo(_ordered);
            }

            return _ordered;
        }
    }

    public Principal? Find(string name)
    {
        lock (Gate)
        {
            return _byName.GetValueOrDefault(name);
        }
    }

    public Principal? Find(uint id)
    {
        lock (Gate)
        {
            return _byId.GetValueOrDefault(id);
        }
    }

    /// <summary>The principal that receives mail for an address.</summary>
    public Principal? FindByAddress(string address)
    {
        lock (Gate)
        {
            return Addresses.FindOwner(address) is { } id ? _byId.GetValueOrDefault(id) : null;
        }
    }

    public uint[] GetMemberIds(uint container)
    {
        lock (Gate)
        {
            return _members.TryGetValue(container, out SortedSet<uint>? ids) ? [.. ids] : [];
        }
    }

    /// <summary>How many of a tenant's records are of a type.</summary>
    public int CountInTenant(PrincipalType type, uint tenant)
    {
        lock (Gate)
        {
            return _byId.Values.Count(principal => principal.Type == type && principal.Tenant == tenant);
        }
    }

    /// <summary>The number of addresses in a domain, whoever owns them.</summary>
    public int CountAddresses(string domain)
    {
        lock (Gate)
        {
            return Addresses.CountInDomain(domain);
        }
    }

    public int Count(PrincipalType type)
    {
        lock (Gate)
        {
            return _countByType[(int)type];
        }
    }

    /// <summary>A free id: the next one above all others, or any, in no order and 0 included.</summary>
    public uint AllocateId()
    {
        lock (Gate)
        {
            if (dialect.AssignsSequentialIds)
            {
                return ++_lastId;
            }

            int range = Math.Max(128, _byId.Count * 2);
            uint id;
            do
            {
                id = (uint)random.Next(range);
            }
            while (_byId.ContainsKey(id));
            return id;
        }
    }

    /// <summary>Adds a record, its addresses and its memberships.</summary>
    /// <param name="principal">The record.</param>
    /// <param name="memberIds">The ids of its members.</param>
    public void Add(Principal principal, IEnumerable<uint> memberIds)
    {
        lock (Gate)
        {
            AddToIndexes(principal);
            _countByType[(int)principal.Type]++;
            foreach (string address in principal.Emails ?? [])
            {
                Addresses.Set(address, principal.Id);
            }

            foreach (uint container in principal.Memberships)
            {
                Link(container, principal.Id);
            }

            foreach (uint member in memberIds)
            {
                AddMember(member, principal.Id);
            }
        }
    }

    /// <summary>Replaces a record with a changed copy.</summary>
    public void Replace(Principal old, Principal changed)
    {
        lock (Gate)
        {
            RemoveFromIndexes(old);
            AddToIndexes(changed);
            foreach (string address in (old.Emails ?? []).Except(changed.Emails ?? []))
            {
                Addresses.Remove(address);
            }

            foreach (string address in (changed.Emails ?? []).Except(old.Emails ?? []))
            {
                Addresses.Set(address, changed.Id);
            }

            foreach (uint container in old.Memberships.Except(changed.Memberships))
            {
                Unlink(container, changed.Id);
            }

            foreach (uint container in changed.Memberships.Except(old.Memberships))
            {
                Link(container, changed.Id);
            }
        }
    }

    /// <summary>Counts a message that was put into the mailbox of an account.</summary>
    public void AddStoredMessage(Principal account, ulong size)
    {
        Principal changed = account.Copy();
        changed.UsedQuota += size;
        changed.StoredMessages++;
        Replace(account, changed);
    }

    /// <summary>Makes a record member of another, in both places where memberships are kept.</summary>
    public void AddMember(uint member, uint container)
    {
        lock (Gate)
        {
            if (_byId.TryGetValue(member, out Principal? principal) && !principal.Memberships.Contains(container))
            {
                ReplaceMemberships(principal, [.. principal.Memberships.Append(container).Order()]);
            }

            Link(container, member);
        }
    }

    /// <summary>The reverse of <see cref="AddMember"/>.</summary>
    public void RemoveMember(uint member, uint container)
    {
        lock (Gate)
        {
            if (_byId.TryGetValue(member, out Principal? principal))
            {
                ReplaceMemberships(principal, Array.FindAll(principal.Memberships, id => id != container));
            }

            Unlink(container, member);
        }
    }

    /// <summary>Removes a record with its addresses, its memberships and those of its members; the members stay.</summary>
    public void Remove(Principal principal)
    {
        lock (Gate)
        {
            foreach (uint member in GetMemberIds(principal.Id))
            {
                RemoveMember(member, principal.Id);
            }

            foreach (uint container in principal.Memberships)
            {
                Unlink(container, principal.Id);
            }

            foreach (string address in principal.Emails ?? [])
            {
                Addresses.Remove(address);
            }

            _members.Remove(principal.Id);
            RemoveFromIndexes(principal);
            _countByType[(int)principal.Type]--;
        }
    }

    /// <summary>A record by name that the caller may see, or the server's <c>notFound</c>.</summary>
    public Principal Require(string name, uint? tenant)
    {
        Principal? principal = Find(name);
        return principal is not null && principal.IsVisibleTo(tenant) ? principal : throw ApiException.NotFound(name);
    }

    private void AddToIndexes(Principal principal)
    {
        _byId[principal.Id] = principal;
        _byName[principal.Name] = principal;
        _byOrder.Add(principal);
        _ordered = null;
    }

    private void RemoveFromIndexes(Principal principal)
    {
        // The record may have been replaced in the meantime by a change of memberships; name and id find the current one.
        _byId.Remove(principal.Id);
        _byName.Remove(principal.Name);
        _byOrder.Remove(principal);
        _ordered = null;
    }

    private void ReplaceMemberships(Principal principal, uint[] memberships)
    {
        Principal changed = principal.Copy();
        changed.Memberships = memberships;
        changed.Revision++;
        RemoveFromIndexes(principal);
        AddToIndexes(changed);
    }

    private void Link(uint container, uint member)
    {
        if (BuiltInRoles.FindName(container) is not null)
        {
            return;
        }

        if (!_members.TryGetValue(container, out SortedSet<uint>? ids))
        {
            _members[container] = ids = [];
        }

        ids.Add(member);
    }

    private void Unlink(uint container, uint member)
    {
        if (_members.TryGetValue(container, out SortedSet<uint>? ids))
        {
            ids.Remove(member);
        }
    }
}
