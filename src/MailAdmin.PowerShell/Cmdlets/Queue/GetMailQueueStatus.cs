using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Module;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Queue;

/// <summary>Gets whether the queue delivers or is suspended (GET /queue/status).</summary>
[ManagementApiOnly("From 0.16 on the server does not tell whether deliveries are suspended.")]
[Cmdlet(VerbsCommon.Get, "MailQueueStatus",
    HelpUri = HelpPages.Folder + "Get-MailQueueStatus.md")]
[OutputType(typeof(MailQueueStatus))]
public sealed class GetMailQueueStatus : ConnectionCmdlet
{
    private protected override void Process()
    {
        WriteObject(Pump.Wait(Client.Queue.GetStatusAsync(Pump.Token)));
    }
}
