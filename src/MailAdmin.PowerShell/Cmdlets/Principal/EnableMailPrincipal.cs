using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Module;

namespace MailAdmin.PowerShell.Cmdlets.Principal;

/// <summary>Lets principals sign in again: removes <c>authenticate</c> from their disabled permissions (PATCH /principal/{name}).</summary>
[Cmdlet(VerbsLifecycle.Enable, "MailPrincipal", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium,
    HelpUri = HelpPages.Folder + "Enable-MailPrincipal.md")]
[OutputType(typeof(MailPrincipal))]
public sealed class EnableMailPrincipal : SetPrincipalEnabledCmdlet
{
    private protected override bool IsEnabling => true;
}
