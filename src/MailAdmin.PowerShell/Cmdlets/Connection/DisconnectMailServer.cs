using System.Management.Automation;
using System.Management.Automation.Runspaces;
using MailAdmin.PowerShell.Module;
using MailAdmin.PowerShell.Sessions;

namespace MailAdmin.PowerShell.Cmdlets.Connection;

/// <summary>Closes connections and forgets their tokens. Default: the default connection.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "MailServer",
    HelpUri = HelpPages.Folder + "Disconnect-MailServer.md")]
public sealed class DisconnectMailServer : PSCmdlet
{
    /// <summary>The connections to close, as objects or by name; also from the pipeline. Default: the runspace's default connection.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ConnectionArgument]
    [ArgumentCompleter(typeof(ConnectionNameCompleter))]
    [ValidateNotNullOrEmpty]
    public MailConnection[]? Connection { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        IReadOnlyList<MailConnection> connections = RunspaceConnections.ResolveAll(Connection);
        if (connections.Count == 0)
        {
            WriteVerbose("There is no connection to close.");
        }
        foreach (MailConnection connection in connections)
        {
            RunspaceConnections.GetOrCreate(Runspace.DefaultRunspace).Remove(connection);
            connection.Dispose();
        }
    }
}
