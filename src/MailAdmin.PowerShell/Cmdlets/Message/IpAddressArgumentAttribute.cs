using System.Net;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;

namespace MailAdmin.PowerShell.Cmdlets.Message;

/// <summary>An IP address, with or without brackets, and a zone, which means nothing on another machine.</summary>
internal sealed class IpAddressArgumentAttribute : CellTransformationAttribute
{
    private protected override object ConvertValue(object value) => value switch
    {
        IPAddress address => UnmapIPv4(address),
        string text when IpText.FindAddress(WithoutZone(text.Trim().TrimStart('[').TrimEnd(']'))) is { } address => UnmapIPv4(address),
        _ => throw new FormatException($"'{InputText.Format(value)}' is not an IP address."),
    };

    private static string WithoutZone(string text) => text.Contains(':', StringComparison.Ordinal) ? text.Split('%')[0] : text;

    private static IPAddress UnmapIPv4(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
