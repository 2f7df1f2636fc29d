using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Cmdlets.Principal;
using MailAdmin.PowerShell.Module;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Store;

/// <summary>Recalculates how many bytes accounts store, and returns the number (DELETE /store/quota/{account}). No mail changes.</summary>
[ManagementApiOnly]
[Cmdlet(VerbsData.Update, "MailQuotaUsage", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium,
    HelpUri = HelpPages.Folder + "Update-MailQuotaUsage.md")]
[OutputType(typeof(MailQuotaUsage))]
public sealed class UpdateMailQuotaUsage : AccountCmdlet
{
    private protected override void Process(PrincipalIdentity identity) => Act(identity, "Recalculate the stored bytes", Client.Store.RecalculateQuotaUsageAsync, WriteObject);
}
