using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Cmdlets.Principal;
using MailAdmin.PowerShell.Module;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Store;

/// <summary>Renumbers the mailboxes and messages of accounts (DELETE /store/uids/{account}); their IMAP clients then download everything again.</summary>
[ManagementApiOnly]
[Cmdlet(VerbsCommon.Reset, "MailImapUid", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High,
    HelpUri = HelpPages.Folder + "Reset-MailImapUid.md")]
[OutputType(typeof(MailImapUidReset))]
public sealed class ResetMailImapUid : AccountCmdlet
{
    /// <summary>Do not ask for confirmation.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override void Process(PrincipalIdentity identity) =>
        Act(identity, "Give every mailbox and message a new IMAP number (IMAP clients of the account download all mail again)", Client.Store.ResetUidsAsync, WriteObject, Force);
}
