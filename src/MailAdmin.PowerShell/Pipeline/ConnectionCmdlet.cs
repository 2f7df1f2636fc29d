using System.Management.Automation;
using MailAdmin.PowerShell.Errors;
using MailAdmin.PowerShell.Sessions;

namespace MailAdmin.PowerShell.Pipeline;

/// <summary>
/// A cmdlet that takes only connections from the pipeline: it works once for each, and once without a pipeline. All of its work is in
/// ProcessRecord: EndProcessing runs even if nothing, or nothing that could be bound, was piped, and would then act on the default connection.
/// </summary>
public abstract class ConnectionCmdlet : ConnectedCmdlet
{
    private protected ConnectionCmdlet()
    {
    }

    /// <summary>The connection to use, as an object or by name; also from the pipeline. Default: the runspace's default connection.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ConnectionArgument]
    [ArgumentCompleter(typeof(ConnectionNameCompleter))]
    [ValidateNotNull]
    public override MailConnection? Connection
    {
        get => base.Connection;
        set => base.Connection = value;
    }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        // A connection from the pipeline is not bound yet.
    }

    /// <inheritdoc/>
    protected sealed override void ProcessRecord()
    {
        if (!UseConnection())
        {
            return;
        }
        try
        {
            Process();
        }
        catch (Exception e) when (ErrorCatalogue.IsClientException(e))
        {
            ReportConnectionError(CreateErrorRecord(e, ErrorTarget));
        }
    }

    /// <inheritdoc/>
    private protected sealed override void ReportConnectionError(ErrorRecord record)
    {
        if (!MyInvocation.ExpectingInput)
        {
            ThrowTerminatingError(record);
        }
        // The server of the next connection may respond.
        WriteError(record);
    }

    /// <summary>Works on the connection; called on the pipeline thread. What the client throws becomes an error about <see cref="ErrorTarget"/>.</summary>
    private protected abstract void Process();

    /// <summary>What a failure is about.</summary>
    private protected virtual object? ErrorTarget => Connection;
}
