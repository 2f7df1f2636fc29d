// Update-MailQuotaUsage: has the server count anew how much accounts store.
using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Cmdlets.Principal;

namespace MailAdmin.PowerShell.Cmdlets.Store;

/// <summary>Counts anew how many bytes accounts store, and returns the number (DELETE /store/quota/{account}). No mail changes.</summary>
[Cmdlet(VerbsData.Update, "MailQuotaUsage", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(MailQuotaUsage))]
public sealed class UpdateMailQuotaUsage : AccountCmdlet
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
            if (ShouldProcess($"account '{identity}'", "Count the stored bytes anew"))
            {
                Start(
                    identity.Name,
                    async token => await Client.Store.RecalculateQuotaUsageAsync(await ResolveNameAsync(identity, token).ConfigureAwait(false), token).ConfigureAwait(false),
                    WriteObject);
            }
        }
    }
}
