using System.Collections;
using System.Collections.Specialized;
using System.Management.Automation;
using MailAdmin.PowerShell.Binding;

namespace MailAdmin.PowerShell.Cmdlets.Objects;

/// <summary>Takes properties with their values: a hashtable, or an object that has only properties. What PowerShell wraps around values is taken off, however deep.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ObjectValuesArgumentAttribute : ArgumentTransformationAttribute
{
    private const int MaxDepth = 32;

    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        inputData.Unwrap() is IDictionary or PSObject { BaseObject: PSCustomObject } ? Convert(inputData, 0) : inputData;

    private static object? Convert(object? value, int depth)
    {
        if (depth > MaxDepth)
        {
            throw new ArgumentTransformationMetadataException($"The properties are nested more than {MaxDepth} levels deep.");
        }
        return value.Unwrap() switch
        {
            SwitchParameter flag => flag.IsPresent,
            IDictionary table => ConvertTable(table.Keys.Cast<object>().Select(key => (Key: InputText.Format(key), Value: table[key])), depth),
            PSObject row => ConvertTable(row.Properties.Select(property => (Key: property.Name, (object?)property.Value)), depth),
            string text => text,
            IEnumerable items and not System.Net.IPAddress => items.Cast<object?>().Select(item => Convert(item, depth + 1)).ToArray(),
            var plain => plain,
        };
    }

    private static OrderedDictionary ConvertTable(IEnumerable<(string Key, object? Value)> entries, int depth)
    {
        var table = new OrderedDictionary();
        foreach ((string key, object? value) in entries)
        {
            table[key] = Convert(value, depth + 1);
        }
        return table;
    }
}
