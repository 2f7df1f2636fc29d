using System.Net;
using System.Net.Sockets;
using MailAdmin.PowerShell.Binding;

namespace MailAdmin.PowerShell.Cmdlets.Message;

/// <summary>An IP address in full notation: .NET would accept <c>1</c> as one too.</summary>
internal sealed class IpAddressArgumentAttribute : CellTransformationAttribute
{
    private protected override object ConvertValue(object value) => value switch
    {
        IPAddress address => UnmapIPv4(address),
        string text when IPAddress.TryParse(text.Trim().TrimStart('[').TrimEnd(']'), out IPAddress? address) && IsFullNotation(text, address) => UnmapIPv4(address),
        _ => throw new FormatException($"'{InputText.Format(value)}' is not an IP address."),
    };

    private static bool IsFullNotation(string text, IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6 || text.Count(c => c == '.') == 3;

    private static IPAddress UnmapIPv4(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
