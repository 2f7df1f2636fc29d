using System.Collections;
using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Module;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Objects;

/// <summary>Changes objects of a server from 0.16 on (POST /jmap). Only what is different is sent; what cannot be is refused by its name before. What they belong to is reloaded once, at the end.</summary>
[JmapOnly("Its settings have keys: use Set-MailSetting.")]
[Cmdlet(VerbsCommon.Set, "MailObject", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium,
    HelpUri = HelpPages.Folder + "Set-MailObject.md")]
[OutputType(typeof(MailObject))]
public sealed class SetMailObject : ObjectTargetCmdlet
{
    /// <summary>
    /// The properties to change with their new values, as of New-MailObject; $null removes a value. A set or a list is specified whole. In a hashtable for what has properties again,
    /// what is not specified stays as it is, unless its '@type' changes.
    /// </summary>
    [Parameter(Position = 2, Mandatory = true)]
    [ArgumentCompleter(typeof(ObjectPropertyCompleter))]
    [ObjectValuesArgument]
    [ValidateNotNullOrEmpty]
    public IDictionary? Property { get; set; }

    /// <summary>Return the objects as they are then.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override void Process(string type, string id)
    {
        ObjectUpdate update = Pump.Wait(Client.Objects.PrepareUpdateAsync(type, id, Property!, Pump.Token));
        MailObject item = update.Before;
        if (update.Changes.Count == 0)
        {
            WriteUnchanged(item.ToString());
        }
        else
        {
            if (!PassesDryRun((dry, token) => dry.Objects.UpdateAsync(update, token), item))
            {
                return;
            }
            WriteWarnings(item.ToString(), update.Warnings);
            if (!ShouldAct(item.ToString(), $"Set {string.Join("; ", update.Changes)}"))
            {
                return;
            }
            item = Pump.Wait(Client.Objects.UpdateAsync(update, Pump.Token));
            RecordWritten(type, update.Reload);
        }
        if (PassThru)
        {
            WriteObject(View(item));
        }
    }
}
