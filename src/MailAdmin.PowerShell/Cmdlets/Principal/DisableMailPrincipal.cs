// Disable-MailPrincipal: keeps principals from signing in; mail still arrives.
using System.Management.Automation;
using MailAdmin.Client;

namespace MailAdmin.PowerShell.Cmdlets.Principal;

/// <summary>Keeps principals from signing in: adds <c>authenticate</c> to their disabled permissions (PATCH /principal/{name}). Mail still arrives.</summary>
[Cmdlet(VerbsLifecycle.Disable, "MailPrincipal", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(MailPrincipal))]
public sealed class DisableMailPrincipal : SetPrincipalEnabledCmdlet
{
    private protected override PrincipalChange Change => PrincipalChange.Add(PrincipalField.DisabledPermissions, "authenticate");

    private protected override string Action => "Keep it from signing in";
}
