using System.Management.Automation;

namespace MailAdmin.PowerShell.Binding;

/// <summary>
/// Tells objects that stand for something of the mail server from those that only have a property of a fitting name: every process and every file has a Name.
/// </summary>
internal static class PipelineObject
{
    private const string DeserializedPrefix = "Deserialized.";
    private const string OwnPrefix = "MailAdmin.";

    /// <summary>
    /// The type of an object that was made for something else, such as <c>System.Diagnostics.Process</c>; null for rows (objects with properties only, and rows
    /// of a database), for texts, and for objects of this module, which their receivers know.
    /// </summary>
    public static string? FindForeignType(object? value)
    {
        object? unwrapped = value.Unwrap();
        if (unwrapped is PSObject row)
        {
            // What came from another process has lost its type, but not the type's name.
            string name = row.TypeNames.Count > 0 ? row.TypeNames[0] : "";
            return name.StartsWith(DeserializedPrefix, StringComparison.Ordinal) && !name.StartsWith(DeserializedPrefix + OwnPrefix, StringComparison.Ordinal)
                && name != DeserializedPrefix + typeof(PSCustomObject).FullName
                ? name[DeserializedPrefix.Length..]
                : null;
        }
        return unwrapped is null or string or System.Collections.IDictionary or System.Collections.IList or System.Data.DataRow or System.Data.DataRowView || IsOwn(unwrapped)
            ? null
            : unwrapped.GetType().FullName;
    }

    /// <summary>Whether it is an object of this module.</summary>
    public static bool IsOwn(object value) => value.GetType().FullName?.StartsWith(OwnPrefix, StringComparison.Ordinal) == true;
}
