using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Module;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Telemetry;

/// <summary>Gets all events of traces in their order (GET /telemetry/trace/{id}, from 0.16 on x:Trace/get; Enterprise).</summary>
[Cmdlet(VerbsCommon.Get, "MailTraceEvent",
    HelpUri = HelpPages.Folder + "Get-MailTraceEvent.md")]
[OutputType(typeof(MailTraceEvent))]
public sealed class GetMailTraceEvent : WindowedCmdlet
{
    /// <summary>The span id of the trace, a whole number such as 342084653895266304, or the trace.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SpanIdentityArgument]
    [ValidateNotNullOrEmpty]
    public SpanIdentity[]? SpanId { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        foreach (SpanIdentity identity in SpanId!)
        {
            Start(identity.Id, token => Client.Telemetry.GetTraceAsync(identity.Id, token), events => WriteObject(events, enumerateCollection: true));
        }
    }
}
