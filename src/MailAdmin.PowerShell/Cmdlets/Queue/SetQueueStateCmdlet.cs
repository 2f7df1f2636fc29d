// What Suspend- and Resume-MailQueue share: ask, switch, look, and return the state.
using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Queue;

/// <summary>Switches deliveries (PATCH /queue/status/{stop|start}, then GET /queue/status). The word is never the caller's: any but stop starts the queue.</summary>
public abstract class SetQueueStateCmdlet : ConnectionCmdlet
{
    private protected SetQueueStateCmdlet()
    {
    }

    /// <summary>Return the state after it.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected abstract string Action { get; }

    private protected abstract Task<QueueStateChange> SetStateAsync(CancellationToken cancellationToken);

    /// <summary>What there is to say afterwards.</summary>
    private protected virtual void ReportResult(QueueStateChange switched)
    {
    }

    private protected sealed override void Process()
    {
        if (!ShouldAct($"message queue of {Connection}", Action))
        {
            return;
        }
        QueueStateChange switched = Pump.Wait(SetStateAsync(Pump.Token));
        ReportResult(switched);
        if (PassThru)
        {
            WriteObject(switched.Status);
        }
    }
}
