// The records of the connection's cmdlets that no answer of the server stands for.
using System.Management.Automation;

namespace MailAdmin.PowerShell.Cmdlets.Connection;

/// <summary>Makes ErrorRecords about connecting.</summary>
internal static class ConnectionErrors
{
    /// <summary>No address to connect to.</summary>
    public static ErrorRecord ServerNotSpecified() => new(
        new ArgumentException("No server is specified. Give its address, such as Connect-MailServer https://mail.example.org, or set STALWART_URL. Connect-MailServer -Sandbox needs none."),
        "ServerNotSpecified", ErrorCategory.InvalidArgument, null);

    /// <summary>A name that none of the runspace's connections has.</summary>
    public static ErrorRecord ConnectionNotFound(string name) => new(
        new ItemNotFoundException($"There is no connection named '{name}' in this runspace."), "ConnectionNotFound", ErrorCategory.ObjectNotFound, name);

    /// <summary>A code that no device waits with.</summary>
    public static ErrorRecord DeviceCodeNotFound(string code, string? given) => new(
        new ItemNotFoundException($"The server knows no device with the code '{code}': it may have expired or been used."), "DeviceCodeNotFound", ErrorCategory.ObjectNotFound, given);
}
