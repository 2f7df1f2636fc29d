using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Cmdlets.Principal;
using MailAdmin.PowerShell.Module;

namespace MailAdmin.PowerShell.Cmdlets.Store;

/// <summary>Reads how many bytes accounts store (GET /store/quota/{account}; from server 0.16 on x:Account/get).</summary>
[Cmdlet(VerbsCommon.Get, "MailQuotaUsage",
    HelpUri = HelpPages.Folder + "Get-MailQuotaUsage.md")]
[OutputType(typeof(MailQuotaUsage))]
public sealed class GetMailQuotaUsage : AccountCmdlet
{
    private protected override void Process(PrincipalIdentity identity) => Read(identity, Client.Maintenance.GetQuotaUsageAsync, WriteObject);
}
