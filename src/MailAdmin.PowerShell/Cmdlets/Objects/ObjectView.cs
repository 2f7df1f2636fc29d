using System.Management.Automation;
using System.Reflection;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;

namespace MailAdmin.PowerShell.Cmdlets.Objects;

/// <summary>An object as PowerShell shows it: what it has inside are properties, and objects with properties again.</summary>
internal static class ObjectView
{
    // PowerShell writes what is within an object within an object as nothing.
    private static readonly MethodInfo s_write = typeof(ObjectView).GetMethod(nameof(WriteMembers), BindingFlags.Public | BindingFlags.Static)!;

    /// <summary>An object with properties as PowerShell writes one, however deep.</summary>
    public static string WriteMembers(PSObject instance) => $"@{{{string.Join("; ", instance.Properties.Select(property => $"{property.Name}={Write(property.Value)}"))}}}";

    private static string Write(object? value) => value switch
    {
        PSObject { BaseObject: PSCustomObject } members => WriteMembers(members),
        object?[] items => $"{{{string.Join(", ", items.Select(Write))}}}",
        null => "",
        _ => InputText.Format(value),
    };

    /// <summary>The object with its properties.</summary>
    /// <param name="item">The object.</param>
    /// <param name="showsServer">Whether there are several servers.</param>
    public static PSObject Create(MailObject item, bool showsServer)
    {
        var output = new PSObject(item);
        foreach ((string name, object? value) in item.Property)
        {
            // What the class itself has comes first; the server has no such names.
            if (output.Properties[name] is null)
            {
                output.Properties.Add(new PSNoteProperty(name, Convert(value)));
            }
        }
        string[] shown = [.. showsServer ? [nameof(MailObject.Server)] : Array.Empty<string>(), nameof(MailObject.Type), nameof(MailObject.Id), .. item.Property.Keys];
        output.Members.Add(new PSMemberSet("PSStandardMembers", [new PSPropertySet("DefaultDisplayPropertySet", shown)]));
        return output;
    }

    private static object? Convert(object? value) => value switch
    {
        NamedValues members => ConvertMembers(members),
        NamedValues[] items => items.Select(Convert).ToArray(),
        _ => value,
    };

    private static object ConvertMembers(NamedValues members)
    {
        // PowerShell has no objects with properties that differ in capitals alone.
        if (members.Keys.Distinct(StringComparer.OrdinalIgnoreCase).Count() < members.Count)
        {
            return members;
        }
        var converted = new PSObject();
        converted.Members.Add(new PSCodeMethod(nameof(ToString), s_write));
        foreach ((string name, object? value) in members)
        {
            converted.Properties.Add(new PSNoteProperty(name, Convert(value)));
        }
        return converted;
    }
}
