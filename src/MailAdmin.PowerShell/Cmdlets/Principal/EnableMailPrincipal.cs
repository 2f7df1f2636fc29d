// Enable-MailPrincipal: lets principals sign in again.
using System.Management.Automation;
using MailAdmin.Client;

namespace MailAdmin.PowerShell.Cmdlets.Principal;

/// <summary>Lets principals sign in: takes <c>authenticate</c> out of their disabled permissions (PATCH /principal/{name}).</summary>
[Cmdlet(VerbsLifecycle.Enable, "MailPrincipal", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(MailPrincipal))]
public sealed class EnableMailPrincipal : SetPrincipalEnabledCmdlet
{
    private protected override PrincipalChange Change => PrincipalChange.Remove(PrincipalField.DisabledPermissions, "authenticate");

    private protected override string Action => "Let it sign in";
}
