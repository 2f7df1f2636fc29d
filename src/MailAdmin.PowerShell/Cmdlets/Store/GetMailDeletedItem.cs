using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Cmdlets.Principal;
using MailAdmin.PowerShell.Module;

namespace MailAdmin.PowerShell.Cmdlets.Store;

/// <summary>Lists deleted items of accounts that can still be restored, oldest deletion first (GET /store/undelete/{account}; from 0.16 on x:ArchivedItem/query, x:ArchivedItem/get; Enterprise).</summary>
[Cmdlet(VerbsCommon.Get, "MailDeletedItem",
    HelpUri = HelpPages.Folder + "Get-MailDeletedItem.md")]
[OutputType(typeof(MailDeletedItem))]
public sealed class GetMailDeletedItem : AccountCmdlet
{
    private protected override void Process(PrincipalIdentity identity) =>
        Read(identity, Client.Store.ListDeletedAsync, items => WriteObject(items, enumerateCollection: true));
}
