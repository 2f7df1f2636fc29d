namespace MailAdmin.Sandbox.Principals;

/// <summary>The owners of addresses, and the number of addresses of each domain. An address that one owner has twice counts once.</summary>
internal sealed class AddressIndex
{
    private readonly Dictionary<string, uint> _owners = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _countByDomain = new(StringComparer.Ordinal);

    public uint? FindOwner(string address) => _owners.TryGetValue(address, out uint id) ? id : null;

    public int CountInDomain(string domain) => _countByDomain.GetValueOrDefault(domain);

    public void Set(string address, uint owner)
    {
        if (!_owners.ContainsKey(address))
        {
            AdjustCount(address, 1);
        }

        _owners[address] = owner;
    }

    public void Remove(string address)
    {
        if (_owners.Remove(address))
        {
            AdjustCount(address, -1);
        }
    }

    private void AdjustCount(string address, int delta)
    {
        int at = address.LastIndexOf('@');
        if (at < 0)
        {
            return;
        }

        string domain = address[(at + 1)..];
        _countByDomain[domain] = _countByDomain.GetValueOrDefault(domain) + delta;
    }
}
