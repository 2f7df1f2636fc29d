using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;

namespace MailAdmin.PowerShell.Formatting;

/// <summary>Selects the views that say which server an object is of: Merge.xslt makes one of each view. Where a command goes to one server they would say nothing new.</summary>
internal static class ServerViews
{
    private const string Suffix = "#SeveralServers";

    /// <summary>The object, shown with its server.</summary>
    public static object? Select(object? value)
    {
        if (value.Unwrap() is not ServerObject)
        {
            return value;
        }
        var shown = PSObject.AsPSObject(value);
        string[] names = [.. shown.TypeNames];
        if (!names[0].EndsWith(Suffix, StringComparison.Ordinal))
        {
            shown.TypeNames.Clear();
            foreach (string name in names)
            {
                if (name.StartsWith("MailAdmin.", StringComparison.Ordinal))
                {
                    shown.TypeNames.Add(name + Suffix);
                }
                shown.TypeNames.Add(name);
            }
        }
        return shown;
    }
}
