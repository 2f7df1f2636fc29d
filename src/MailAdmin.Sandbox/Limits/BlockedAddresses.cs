using System.Net;

namespace MailAdmin.Sandbox.Limits;

/// <summary>The addresses and networks that get no response at all.</summary>
internal sealed class BlockedAddresses
{
    private readonly Lock _gate = new();
    private HashSet<IPNetwork> _networks = [];

    public bool Contains(IPAddress address)
    {
        lock (_gate)
        {
            return _networks.Any(network => network.Contains(address));
        }
    }

    public void Add(IPAddress address)
    {
        lock (_gate)
        {
            _networks.Add(ToNetwork(address));
        }
    }

    /// <summary>Blocks these and no others.</summary>
    public void Replace(IEnumerable<IPNetwork> networks)
    {
        HashSet<IPNetwork> replacement = [.. networks];
        lock (_gate)
        {
            _networks = replacement;
        }
    }

    private static IPNetwork ToNetwork(IPAddress address) => new(address, address.GetAddressBytes().Length * 8);
}
