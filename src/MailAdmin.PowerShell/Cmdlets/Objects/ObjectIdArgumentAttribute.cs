using System.Collections;
using System.Management.Automation;
using MailAdmin.PowerShell.Binding;

namespace MailAdmin.PowerShell.Cmdlets.Objects;

/// <summary>Takes ids, and says where properties stand in their place, which PowerShell would make a text of.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ObjectIdArgumentAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => inputData.Unwrap() is IDictionary
        ? throw new ArgumentTransformationMetadataException("An id is a text, and a hashtable stands in its place. The properties of a type that there is once are named by their parameter: -Property @{ ... }.")
        : inputData;
}
