// Remove-MailPrincipal: deletes principals, their mail with them.
using System.Management.Automation;
using MailAdmin.Client;

namespace MailAdmin.PowerShell.Cmdlets.Principal;

/// <summary>Deletes principals (DELETE /principal/{name}). An account's mail goes with it and cannot be brought back on a community server.</summary>
[Cmdlet(VerbsCommon.Remove, "MailPrincipal", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
public sealed class RemoveMailPrincipal : PrincipalTargetCmdlet
{
    /// <summary>Do not ask.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected override void Process(PrincipalIdentity identity)
    {
        // What is lost depends on the kind, and the one who confirms is to know it.
        if (ReadPrincipal(identity) is not { } principal)
        {
            return;
        }
        if (!ShouldAct($"{principal.Type} '{principal.Name}'", $"Delete ({DescribeLoss(principal)})", Force))
        {
            return;
        }
        if (principal.Type.CanBeNamedByOthers)
        {
            DrainWindow();
        }
        Start(principal, token => Client.Principals.DeleteAsync(principal.Name, token));
        if (principal.Type.CanBeNamedByOthers)
        {
            DrainWindow();
        }
    }

    private static string DescribeLoss(MailPrincipal principal) => principal.Type.Word switch
    {
        "domain" => $"its {principal.MemberCount} addresses stay behind without a domain, and mail to them is refused",
        "role" => $"its {principal.MemberCount} members lose it; who has no other role can no longer sign in",
        "group" or "list" => $"its {principal.MemberCount} members stay, the membership goes",
        "individual" => $"all mail of the account goes with it{(principal.UsedQuota > 0 ? $", {ByteSize.Format(principal.UsedQuota)}" : "")}",
        "tenant" => "refused by the server while it has members",
        _ => "it cannot be brought back",
    };
}
