using System.Net;

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
}
