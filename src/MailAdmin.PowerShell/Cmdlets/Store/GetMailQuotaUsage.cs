using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Cmdlets.Principal;
using MailAdmin.PowerShell.Module;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Store;

/// <summary>Reads how many bytes accounts store (GET /store/quota/{account}).</summary>
[ManagementApiOnly("Get-MailPrincipal shows it as UsedBytes.")]
[Cmdlet(VerbsCommon.Get, "MailQuotaUsage",
    HelpUri = HelpPages.Folder + "Get-MailQuotaUsage.md")]
[OutputType(typeof(MailQuotaUsage))]
public sealed class GetMailQuotaUsage : AccountCmdlet
{
    private protected override void Process(PrincipalIdentity identity) => Read(identity, Client.Store.GetQuotaUsageAsync, WriteObject);
}
