// Get-MailDeletedItem: what was deleted and can still be restored.
using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Cmdlets.Principal;

namespace MailAdmin.PowerShell.Cmdlets.Store;

/// <summary>Lists deleted items of accounts that can still be restored, oldest deletion first (GET /store/undelete/{account}; Enterprise).</summary>
[Cmdlet(VerbsCommon.Get, "MailDeletedItem")]
[OutputType(typeof(MailDeletedItem))]
public sealed class GetMailDeletedItem : AccountCmdlet
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
                async token => await Client.Store.ListDeletedAsync(await ResolveNameAsync(identity, token).ConfigureAwait(false), token).ConfigureAwait(false),
                items => WriteObject(items, enumerateCollection: true));
        }
    }
}
