using System.Globalization;
using System.Net;
using MailAdmin.Sandbox.Registry;

namespace MailAdmin.Sandbox.SignIn;

/// <summary>Networks as objects hold them: an address alone is a network of one.</summary>
internal static class Networks
{
    public static IPNetwork? Parse(string text)
    {
        if (IPAddress.TryParse(text, out IPAddress? address))
        {
            return new IPNetwork(address, address.GetAddressBytes().Length * 8);
        }

        return IPNetwork.TryParse(text, out IPNetwork network) ? network : null;
    }

    /// <summary>Those of allowed or blocked addresses that have not expired.</summary>
    public static IEnumerable<IPNetwork> In(IEnumerable<RegistryObject> objects, DateTimeOffset now) => objects
        .Where(item => item.Text("expiresAt") is not { } time || DateTimeOffset.Parse(time, CultureInfo.InvariantCulture) > now)
        .Select(item => Parse(item.Text("address")!))
        .OfType<IPNetwork>();
}
