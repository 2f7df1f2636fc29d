using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Queue;

/// <summary>
/// Stops or resumes deliveries and checks the result (PATCH /queue/status/{stop|start}, then GET /queue/status; from server 0.16 on x:Action/set, whose result cannot be checked). The last word of the path is never
/// the caller's: any but stop starts the queue.
/// </summary>
public abstract class SetQueueStateCmdlet : ConnectionCmdlet
{
    private protected SetQueueStateCmdlet()
    {
    }

    /// <summary>Return the state after the change, as Get-MailQueueStatus does. Not from server 0.16 on, which does not tell the state.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected abstract string Action { get; }

    private protected abstract Task<QueueStateChange?> SetStateAsync(QueueStateResource queue, CancellationToken cancellationToken);

    /// <summary>What the caller must know where the server does not tell its state.</summary>
    private protected abstract string UntoldResult { get; }

    /// <summary>Reports what the caller must know after the change.</summary>
    private protected virtual void ReportResult(QueueStateChange change)
    {
    }

    private protected sealed override void Process()
    {
        if (PassThru)
        {
            Client.QueueState.CheckStateIsTold(nameof(PassThru));
        }
        if (!PassesDryRun((dry, token) => SetStateAsync(dry.QueueState, token), ErrorTarget) || !ShouldAct(ServerLabel is null ? $"message queue of {CurrentConnection}" : "message queue", Action))
        {
            return;
        }
        if (Pump.Wait(SetStateAsync(Client.QueueState, Pump.Token)) is not { } change)
        {
            WriteWarning(UntoldResult);
        }
        else if (change.Status is not { } status)
        {
            WriteWarning($"The server took the order ({Action}). Whether it has done it is not known, since nobody could look: {change.UnreadReason}");
        }
        else
        {
            ReportResult(change);
            if (PassThru)
            {
                WriteObject(status);
            }
        }
    }
}
