using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Queue;

/// <summary>
/// Stops or resumes deliveries and checks the result (PATCH /queue/status/{stop|start}, then GET /queue/status). The last word of the path is never
/// the caller's: any but stop starts the queue.
/// </summary>
public abstract class SetQueueStateCmdlet : ConnectionCmdlet
{
    private protected SetQueueStateCmdlet()
    {
    }

    /// <summary>Return the state after the change, as Get-MailQueueStatus does.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected abstract string Action { get; }

    private protected abstract Task<QueueStateChange> SetStateAsync(CancellationToken cancellationToken);

    /// <summary>Reports what the caller must know after the change.</summary>
    private protected virtual void ReportResult(QueueStateChange change)
    {
    }

    private protected sealed override void Process()
    {
        if (!ShouldAct(ServerLabel is null ? $"message queue of {CurrentConnection}" : "message queue", Action))
        {
            return;
        }
        QueueStateChange change = Pump.Wait(SetStateAsync(Pump.Token));
        ReportResult(change);
        if (PassThru)
        {
            WriteObject(change.Status);
        }
    }
}
