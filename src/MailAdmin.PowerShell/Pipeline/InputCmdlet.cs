using System.Management.Automation;

namespace MailAdmin.PowerShell.Pipeline;

/// <summary>A cmdlet with a connection that takes more from the pipeline than connections.</summary>
public abstract class InputCmdlet : ConnectedCmdlet
{
    private protected InputCmdlet()
    {
    }

    /// <summary>The server of a piped object, as its property says. An object of another server than the connection's is refused, unless -Connection is specified.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, DontShow = true)]
    public string? Server { get; set; }

    /// <inheritdoc/>
    private protected sealed override string? PipedServer => Server;
}
