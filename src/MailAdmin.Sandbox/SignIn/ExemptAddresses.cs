using System.Net;

namespace MailAdmin.Sandbox.SignIn;

/// <summary>The addresses without limits and bans: loopback, and those that a setting allows.</summary>
/// <param name="treatAllAsLoopback">Whether every address counts as loopback.</param>
internal sealed class ExemptAddresses(bool treatAllAsLoopback)
{
    private IPNetwork[] _allowed = [];

    public bool Contains(IPAddress address) => treatAllAsLoopback || IPAddress.IsLoopback(address) || _allowed.Any(network => network.Contains(address));

    /// <summary>Allows these and no others.</summary>
    public void Replace(IEnumerable<IPNetwork> networks) => _allowed = [.. networks];
}
