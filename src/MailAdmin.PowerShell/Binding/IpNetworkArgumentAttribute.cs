using System.Collections;
using System.Management.Automation;
using System.Net;
using MailAdmin.Client;

namespace MailAdmin.PowerShell.Binding;

/// <summary>IP addresses, and networks of such, as the server writes them.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class IpNetworkArgumentAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => inputData.Unwrap() switch
    {
        null => null,
        string or IPAddress or IPNetwork => new[] { Convert(inputData.Unwrap()!) },
        IEnumerable items => items.Cast<object?>().Select(item => Convert(item.Unwrap() ?? "")).ToArray(),
        var other => new[] { Convert(other) },
    };

    private static string Convert(object value) => value switch
    {
        IPAddress address => address.ToString(),
        IPNetwork network => network.ToString(),
        string text when IpText.FindAddress(text.Trim()) is { } address => address.ToString(),
        string text when IpText.IsNetwork(text.Trim()) && IPNetwork.TryParse(text.Trim(), out IPNetwork network) => network.ToString(),
        _ => throw new ArgumentTransformationMetadataException($"'{InputText.Format(value)}' is not an IP address or a network such as 192.0.2.0/24."),
    };
}
