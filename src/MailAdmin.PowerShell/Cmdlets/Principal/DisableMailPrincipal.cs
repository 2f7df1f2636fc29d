using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Module;

namespace MailAdmin.PowerShell.Cmdlets.Principal;

/// <summary>Prevents principals from signing in: adds <c>authenticate</c> to their disabled permissions (PATCH /principal/{name}). They still receive mail.</summary>
[Cmdlet(VerbsLifecycle.Disable, "MailPrincipal", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium,
    HelpUri = HelpPages.Folder + "Disable-MailPrincipal.md")]
[OutputType(typeof(MailPrincipal))]
public sealed class DisableMailPrincipal : SetPrincipalEnabledCmdlet
{
    private protected override bool IsEnabling => false;
}
