// Reset-MailImapUid: gives the mailboxes and messages of accounts new IMAP numbers.
using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Cmdlets.Principal;

namespace MailAdmin.PowerShell.Cmdlets.Store;

/// <summary>Renumbers the mailboxes and messages of accounts (DELETE /store/uids/{account}); their IMAP clients then fetch everything anew.</summary>
[Cmdlet(VerbsCommon.Reset, "MailImapUid", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(MailImapUidReset))]
public sealed class ResetMailImapUid : AccountCmdlet
{
    /// <summary>The account: its name, an address, or the object. No wildcards: pipe from Get-MailPrincipal to reach several.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ArgumentCompleter(typeof(PrincipalNameCompleter))]
    [PrincipalIdentityArgument]
    [ValidateNotNullOrEmpty]
    public PrincipalIdentity[]? Account { get; set; }

    /// <summary>Do not ask.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (PrincipalIdentity identity in GetValidAccounts(Account))
        {
            if (ConfirmUnlessForced(Force, $"account '{identity}'", "Give every mailbox and message a new IMAP number (its mail programs fetch all mail again)"))
            {
                Start(
                    identity.Name,
                    async token => await Client.Store.ResetUidsAsync(await ResolveNameAsync(identity, token).ConfigureAwait(false), token).ConfigureAwait(false),
                    WriteObject);
            }
        }
    }
}
