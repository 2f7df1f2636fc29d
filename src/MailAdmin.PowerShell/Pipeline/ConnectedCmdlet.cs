using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Errors;
using MailAdmin.PowerShell.Sessions;

namespace MailAdmin.PowerShell.Pipeline;

/// <summary>A cmdlet with a connection: the one specified, else the runspace's default, else a clear error.</summary>
public abstract class ConnectedCmdlet : MailCmdlet
{
    private MailClient? _client;

    private protected ConnectedCmdlet()
    {
    }

    /// <summary>The connection to use, as an object or by name. Default: the runspace's default connection.</summary>
    [Parameter]
    [ConnectionArgument]
    [ArgumentCompleter(typeof(ConnectionNameCompleter))]
    [ValidateNotNull]
    public virtual MailConnection? Connection { get; set; }

    /// <summary>The client of the connection; available from BeginProcessing on, or from ProcessRecord on where the connection may come from the pipeline.</summary>
    private protected MailClient Client => _client ?? throw new InvalidOperationException("The connection is resolved in BeginProcessing or ProcessRecord.");

    /// <inheritdoc/>
    protected override void BeginProcessing() => UseConnection();

    /// <summary>
    /// Uses the connection specified, else the runspace's default. Where that is not open: ends the cmdlet, unless the connection was piped;
    /// then it is an error of that connection alone.
    /// </summary>
    /// <returns>Whether there is a connection to work on.</returns>
    private protected bool UseConnection()
    {
        // The default runspace is thread-static: it must be read here, on the pipeline thread.
        Connection = RunspaceConnections.Resolve(Connection);
        LeaveClient();
        if (Connection is not { IsOpen: true })
        {
            ReportConnectionError(ErrorCatalogue.NotConnected(Connection));
            return false;
        }
        _client = OpenClient(Connection.Client);
        _client.Waiting += ReportWait;
        _client.Warned += ReportWarning;
        return true;
    }

    /// <summary>What the cmdlet works with; by default the client of the connection itself.</summary>
    private protected virtual MailClient OpenClient(MailClient client) => client;

    /// <summary>Reports what fails one connection: it ends the cmdlet.</summary>
    private protected virtual void ReportConnectionError(ErrorRecord record) => ThrowTerminatingError(record);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            LeaveClient();
        }
        base.Dispose(disposing);
    }

    private void LeaveClient()
    {
        if (_client is not null)
        {
            _client.Waiting -= ReportWait;
            _client.Warned -= ReportWarning;
            _client = null;
        }
    }
}
