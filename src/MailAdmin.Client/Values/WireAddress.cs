using System.Net;

namespace MailAdmin.Client.Values;

/// <summary>Writes IP addresses as the server reads them.</summary>
internal static class WireAddress
{
    /// <summary>The address alone: the zone of a link-local one (<c>fe80::1%eth0</c>) means something on this machine only, and the server refuses it.</summary>
    public static string Format(IPAddress address) => address.ToString().Split('%')[0];
}
