using System.Collections;
using System.Management.Automation;
using System.Net;

namespace MailAdmin.PowerShell.Binding;

/// <summary>IP addresses in full notation, and networks of such, as the server writes them: .NET would accept <c>1</c> as an address too.</summary>
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
        string text when IsFullNotation(text) && IPAddress.TryParse(text.Trim(), out IPAddress? address) => address.ToString(),
        string text when IsFullNotation(text) && IPNetwork.TryParse(text.Trim(), out IPNetwork network) => network.ToString(),
        _ => throw new ArgumentTransformationMetadataException($"'{InputText.Format(value)}' is not an IP address or a network such as 192.0.2.0/24."),
    };

    private static bool IsFullNotation(string text) => text.Contains(':', StringComparison.Ordinal) || text.Count(letter => letter == '.') == 3;
}
