using System.Management.Automation;

namespace MailAdmin.PowerShell.Cmdlets.Connection;

/// <summary>Makes the ErrorRecords of the connection cmdlets that are not failed requests.</summary>
internal static class ConnectionErrors
{
    /// <summary>No address to connect to.</summary>
    public static ErrorRecord ServerNotSpecified() => new(
        new ArgumentException("No server was specified. Specify its address, such as Connect-MailServer https://mail.example.org, or set STALWART_URL. Connect-MailServer -Sandbox needs no address."),
        "ServerNotSpecified", ErrorCategory.InvalidArgument, null);

    /// <summary>What was specified is no address of a server. It is not kept in the record: it may contain a password.</summary>
    public static ErrorRecord InvalidAddress(FormatException exception) => new(exception, "InvalidAddress", ErrorCategory.InvalidArgument, null);

    /// <summary>No connection of the runspace has the name.</summary>
    public static ErrorRecord ConnectionNotFound(string name) => new(
        new ItemNotFoundException($"There is no connection named '{name}' in this runspace. Get-MailConnection lists the connections."), "ConnectionNotFound", ErrorCategory.ObjectNotFound, name);

    /// <summary>No device is waiting with the code.</summary>
    public static ErrorRecord DeviceCodeNotFound(string code, string? input) => new(
        new ItemNotFoundException($"No device is waiting with the code '{code}': it may have expired or been used already. Start the sign-in again on the device."), "DeviceCodeNotFound", ErrorCategory.ObjectNotFound, input);
}
