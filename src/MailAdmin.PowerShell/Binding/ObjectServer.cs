using System.Management.Automation;
using MailAdmin.Client;

namespace MailAdmin.PowerShell.Binding;

/// <summary>Which server an object is of that a cmdlet gets.</summary>
internal static class ObjectServer
{
    /// <summary>The server; null of what could be of any, such as a text.</summary>
    public static string? Find(object? value) => value.Unwrap() switch
    {
        ServerObject known => known.Server,
        ServerIdentity identity => identity.Server,
        // An object that came back from a file: its properties are all that is left of it.
        PSObject row => row.Properties[nameof(ServerObject.Server)]?.Value.Unwrap() as string,
        _ => null,
    };
}
