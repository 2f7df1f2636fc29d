// Anything has a Name: a process or a service must not become an account.
using System.Collections;
using System.Data;
using System.Management.Automation;

namespace MailAdmin.PowerShell.Binding;

/// <summary>Tells rows of a table and users of directory services from objects that are neither.</summary>
internal static class ForeignObject
{
    private static readonly string[] s_markers = ["Deserialized.", "CSV:"];

    /// <summary>Objects of these are people, groups and mailboxes.</summary>
    private static readonly string[] s_directories =
    [
        "MailAdmin.Client.MailPrincipal", "Microsoft.ActiveDirectory.Management.", "Microsoft.Exchange.", "Microsoft.Graph.", "Microsoft.Open.AzureAD.", "Microsoft.Open.MSGraph.",
        "Microsoft.Online.Administration.", "PSOpenAD.", "System.DirectoryServices.AccountManagement.", "System.Data.DataRow",
    ];

    /// <summary>The name of the type of an object that is no row; null for a row.</summary>
    public static string? FindTypeName(PSObject value)
    {
        string[] names = [.. value.TypeNames.Select(StripMarkers)];
        if (names.Any(IsDirectory) || value.BaseObject is IDictionary or DataRow)
        {
            return null;
        }
        // What Select-Object chose ("Selected.…") and a class of the user's own script are rows.
        return value.BaseObject is PSCustomObject || value.BaseObject.GetType().Assembly.IsDynamic
            ? names.FirstOrDefault(IsOfSystem)
            : value.BaseObject.GetType().FullName;
    }

    private static bool IsDirectory(string name) => s_directories.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal));

    private static bool IsOfSystem(string name) =>
        (name.StartsWith("System.", StringComparison.Ordinal) && !IsBag(name))
        || name.StartsWith("Microsoft.PowerShell.", StringComparison.Ordinal) || name.StartsWith("Microsoft.Management.Infrastructure.", StringComparison.Ordinal)
        || name.StartsWith("Microsoft.Win32.", StringComparison.Ordinal) || name.StartsWith("MailAdmin.", StringComparison.Ordinal);

    private static bool IsBag(string name) => name is "System.Object" or "System.Management.Automation.PSCustomObject" or "System.Management.Automation.PSObject"
        or "System.Collections.Hashtable" or "System.Collections.Specialized.OrderedDictionary";

    private static string StripMarkers(string name)
    {
        while (Array.Find(s_markers, marker => name.StartsWith(marker, StringComparison.Ordinal)) is { } found)
        {
            name = name[found.Length..];
        }
        return name;
    }
}
