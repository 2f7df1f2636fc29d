using System.Collections.Concurrent;
using System.Management.Automation;
using System.Reflection;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;

namespace MailAdmin.PowerShell.Formatting;

/// <summary>Tells PowerShell what is shown of an object in short: see <see cref="ShownInShortAttribute"/>.</summary>
internal static class BriefOutput
{
    private static readonly ConcurrentDictionary<Type, string[]> s_names = [];

    /// <summary>The object with the properties that are shown; the same object where all of them are.</summary>
    public static object? Apply(object? value)
    {
        if (value.Unwrap() is not { } plain || FindNames(plain.GetType()) is not { Length: > 0 } names)
        {
            return value;
        }
        var output = PSObject.AsPSObject(value);
        if (output.Members["PSStandardMembers"] is null)
        {
            output.Members.Add(new PSMemberSet("PSStandardMembers", [new PSPropertySet("DefaultDisplayPropertySet", names)]));
        }
        return output;
    }

    private static string[] FindNames(Type type) => s_names.GetOrAdd(type, static type => [.. type.GetCustomAttribute<ShownInShortAttribute>()?.Names ?? []]);
}
