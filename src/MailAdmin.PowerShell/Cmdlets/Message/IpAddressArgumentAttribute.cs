using System.Net;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;

namespace MailAdmin.PowerShell.Cmdlets.Message;

/// <summary>An IP address, with or without brackets.</summary>
internal sealed class IpAddressArgumentAttribute : CellTransformationAttribute
{
    private protected override object ConvertValue(object value) => value switch
    {
        IPAddress address => UnmapIPv4(address),
        string text when IpText.FindAddress(text.Trim().TrimStart('[').TrimEnd(']')) is { } address => UnmapIPv4(address),
        _ => throw new FormatException($"'{InputText.Format(value)}' is not an IP address."),
    };

    private static IPAddress UnmapIPv4(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
