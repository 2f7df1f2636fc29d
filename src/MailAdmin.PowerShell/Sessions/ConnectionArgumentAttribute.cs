// Lets -Connection take the object or its name.
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace MailAdmin.PowerShell.Sessions;

/// <summary>Turns a connection's name into the connection of this runspace.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ConnectionArgumentAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? plain = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        if (plain is System.Collections.IList { Count: > 1 })
        {
            throw new ArgumentTransformationMetadataException("Give one connection, and run the command once for each.");
        }
        if (plain is not string name)
        {
            return inputData;
        }
        MailConnection[] found = RunspaceConnections.Find(Runspace.DefaultRunspace)?.FindByName(name).ToArray() ?? [];
        return found switch
        {
            [var one] => one,
            [] => throw new ArgumentTransformationMetadataException(
                $"There is no connection named '{name}' in this runspace. Get-MailConnection lists them; Connect-MailServer -Name '{name}' makes one."),
            _ => throw new ArgumentTransformationMetadataException(
                $"{found.Length} connections are named '{name}'. Hand over the object itself, such as (Get-MailConnection)[0]."),
        };
    }
}
