using System.Management.Automation;

namespace MailAdmin.PowerShell.Binding;

/// <summary>
/// Tells objects that stand for something of the mail server from those that only have a property of a fitting name: every process and every file has a Name.
/// </summary>
internal static class PipelineObject
{
    /// <summary>Before the name of a type that was lost on the way from another process or a file.</summary>
    public const string LostType = "Deserialized.";

    private const string OwnPrefix = "MailAdmin.";

    private static readonly string[] s_lostTypes = [LostType, "CSV:"];

    /// <summary>
    /// The type of an object that was made for something else, such as <c>System.Diagnostics.Process</c>; null for rows (objects with properties only, and rows
    /// of a database), for objects of a script's own class, for texts, and for objects of this module, which their receivers know.
    /// </summary>
    public static string? FindForeignType(object? value)
    {
        object? unwrapped = value.Unwrap();
        if (unwrapped is PSObject row)
        {
            string name = row.TypeNames.Count > 0 ? row.TypeNames[0] : "";
            string type = StripMarks(name);
            bool isForeign = type.Length < name.Length ? !type.StartsWith(OwnPrefix, StringComparison.Ordinal) : type.StartsWith("System.", StringComparison.Ordinal);
            return isForeign && type != typeof(PSCustomObject).FullName && type != typeof(object).FullName && !type.StartsWith("Selected.", StringComparison.Ordinal) ? type : null;
        }
        return unwrapped is null or string or System.Collections.IDictionary or IDictionary<string, object?> or System.Collections.IList or System.Data.DataRow or System.Data.DataRowView || IsOwn(unwrapped) || unwrapped.GetType().Assembly.IsDynamic
            ? null
            : unwrapped.GetType().FullName;
    }

    private static string StripMarks(string name)
    {
        while (Array.Find(s_lostTypes, mark => name.StartsWith(mark, StringComparison.Ordinal)) is { } found)
        {
            name = name[found.Length..];
        }
        return name;
    }

    /// <summary>Whether it is an object of this module.</summary>
    public static bool IsOwn(object value) => value.GetType().FullName?.StartsWith(OwnPrefix, StringComparison.Ordinal) == true;
}
