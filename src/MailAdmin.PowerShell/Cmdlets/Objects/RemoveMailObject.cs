using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Module;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Objects;

/// <summary>Removes objects of a server from 0.16 on (POST /jmap). What there is once cannot be removed. What they belong to is reloaded once, at the end.</summary>
[JmapOnly("Its settings have keys: use Remove-MailSetting.")]
[Cmdlet(VerbsCommon.Remove, "MailObject", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High,
    HelpUri = HelpPages.Folder + "Remove-MailObject.md")]
public sealed class RemoveMailObject : ObjectTargetCmdlet
{
    /// <summary>Do not ask for confirmation.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected override void Process(string type, string id)
    {
        // What the id stands for is read just now: the question names it.
        MailObject item = Pump.Wait(Client.Objects.FindRemovableAsync(type, id, Pump.Token));
        if (PassesDryRun((dry, token) => dry.Objects.RemoveAsync(item, token), item) && ShouldAct(item.ToString(), ObjectResource.GetRemovalLoss(item) is { } loss ? $"Remove ({loss})" : "Remove", Force))
        {
            Pump.Wait(Client.Objects.RemoveAsync(item, Pump.Token));
            RecordWritten(type, FindReload(type));
            WriteWarnings(item.ToString(), ObjectResource.GetRemovalWarning(item) is { } remains ? [remains] : []);
        }
    }
}
