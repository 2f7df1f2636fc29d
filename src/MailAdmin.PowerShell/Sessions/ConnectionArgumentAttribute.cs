using System.Collections;
using System.Management.Automation;
using MailAdmin.PowerShell.Binding;

namespace MailAdmin.PowerShell.Sessions;

/// <summary>Turns connections' names into the connections of this runspace. A value of another type is returned unchanged, and then fails to bind.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ConnectionArgumentAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        try
        {
            return inputData.Unwrap() is MailConnection or string or IList ? RunspaceConnections.ResolveAll(inputData) : inputData;
        }
        catch (ArgumentException e)
        {
            throw new ArgumentTransformationMetadataException(e.Message, e);
        }
    }
}
