namespace MailAdmin.Sandbox.Directory;

/// <summary>Who owns an address, and how many addresses a domain has. An address given twice to one owner counts once.</summary>
internal sealed class AddressIndex
{
    private readonly Dictionary<string, uint> owners = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> perDomain = new(StringComparer.Ordinal);

    public uint? Owner(string address) => owners.TryGetValue(address, out var id) ? id : null;

    public int CountInDomain(string domain) => perDomain.GetValueOrDefault(domain);

    public void Set(string address, uint owner)
    {
        if (!owners.ContainsKey(address))
            Count(address, 1);
        owners[address] = owner;
    }

    public void Remove(string address)
    {
        if (owners.Remove(address))
            Count(address, -1);
    }

    private void Count(string address, int by)
    {
        var at = address.LastIndexOf('@');
        if (at < 0)
            return;
        var domain = address[(at + 1)..];
        perDomain[domain] = perDomain.GetValueOrDefault(domain) + by;
    }
}
