// Get-MailQuotaUsage: how much accounts store.
using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Cmdlets.Principal;

namespace MailAdmin.PowerShell.Cmdlets.Store;

/// <summary>Reads how many bytes accounts store (GET /store/quota/{account}).</summary>
[Cmdlet(VerbsCommon.Get, "MailQuotaUsage")]
[OutputType(typeof(MailQuotaUsage))]
public sealed class GetMailQuotaUsage : AccountCmdlet
{
    /// <summary>The account: its name, an address, or the object. No wildcards: pipe from Get-MailPrincipal to reach several.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ArgumentCompleter(typeof(PrincipalNameCompleter))]
    [PrincipalIdentityArgument]
    [ValidateNotNullOrEmpty]
    public PrincipalIdentity[]? Account { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (PrincipalIdentity identity in GetValidAccounts(Account))
        {
            Start(
                identity.Name,
                async token => await Client.Store.GetQuotaUsageAsync(await ResolveNameAsync(identity, token).ConfigureAwait(false), token).ConfigureAwait(false),
                WriteObject);
        }
    }
}
