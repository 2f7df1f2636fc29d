using System.Management.Automation;
using MailAdmin.PowerShell.Sessions;

namespace MailAdmin.PowerShell.Pipeline;

/// <summary>A cmdlet that takes only connections from the pipeline: it works once for each, and once without a pipeline.</summary>
public abstract class ConnectionCmdlet : ConnectedCmdlet
{
    private protected ConnectionCmdlet()
    {
    }

    /// <summary>The connections to use, as objects or by name, also from the pipeline; each in its turn. Default: the runspace's default connection.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ConnectionArgument]
    [ArgumentCompleter(typeof(ConnectionNameCompleter))]
    [ValidateNotNullOrEmpty]
    public override MailConnection[]? Connection
    {
        get => base.Connection;
        set => base.Connection = value;
    }

    /// <inheritdoc/>
    private protected override object? ErrorTarget => CurrentConnection;

    /// <summary>Works on the connection.</summary>
    private protected abstract override void Process();
}
