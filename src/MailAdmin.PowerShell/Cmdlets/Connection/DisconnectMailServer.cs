using System.Management.Automation;
using System.Management.Automation.Runspaces;
using MailAdmin.PowerShell.Module;
using MailAdmin.PowerShell.Sessions;

namespace MailAdmin.PowerShell.Cmdlets.Connection;

/// <summary>Closes a connection and forgets its tokens. Default: the default connection.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "MailServer",
    HelpUri = HelpPages.Folder + "Disconnect-MailServer.md")]
public sealed class DisconnectMailServer : PSCmdlet
{
    /// <summary>The connection to close, as an object or by name; also from the pipeline. Default: the runspace's default connection.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ConnectionArgument]
    [ArgumentCompleter(typeof(ConnectionNameCompleter))]
    [ValidateNotNull]
    public MailConnection? Connection { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (RunspaceConnections.Resolve(Connection) is not { } connection)
        {
            WriteVerbose("There is no connection to close.");
            return;
        }
        RunspaceConnections.GetOrCreate(Runspace.DefaultRunspace).Remove(connection);
        connection.Dispose();
    }
}
