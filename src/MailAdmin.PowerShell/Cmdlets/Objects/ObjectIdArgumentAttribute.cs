using System.Collections;
using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;

namespace MailAdmin.PowerShell.Cmdlets.Objects;

/// <summary>
/// Takes ids. The Id of a principal is the same number in other letters: as a text it would be the id of another object. Says where properties stand in the place of an id, which
/// PowerShell would make a text of.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ObjectIdArgumentAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => inputData.Unwrap() switch
    {
        IDictionary => throw new ArgumentTransformationMetadataException("An id is a text, and a hashtable stands in its place. The properties of a type that there is once are named by their parameter: -Property @{ ... }."),
        uint number => MailObject.ToId(number),
        object?[] items => Array.ConvertAll(items, item => item.Unwrap() is uint number ? MailObject.ToId(number) : item),
        uint[] numbers => Array.ConvertAll(numbers, MailObject.ToId),
        _ => inputData,
    };
}
