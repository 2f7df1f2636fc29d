using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Module;

namespace MailAdmin.PowerShell.Cmdlets.Principal;

/// <summary>Deletes principals (DELETE /principal/{name}). An account's mail is deleted with it and cannot be restored on a Community server.</summary>
[Cmdlet(VerbsCommon.Remove, "MailPrincipal", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High,
    HelpUri = HelpPages.Folder + "Remove-MailPrincipal.md")]
public sealed class RemoveMailPrincipal : PrincipalTargetCmdlet
{
    /// <summary>Do not ask for confirmation.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected override void Process(PrincipalIdentity identity)
    {
        // What is lost depends on the type, and the confirmation prompt must say it: also of an object of which only some properties were fetched.
        if (ReadPrincipal(identity, fresh: identity.Principal is { } given && !KnowsLoss(given)) is not { } principal)
        {
            return;
        }
        if (!PassesWhatIf(_ =>
            {
                Client.Principals.CheckPermission(principal, changes: null);
                return Task.CompletedTask;
            }, principal.Name))
        {
            return;
        }
        if (!ShouldAct($"{principal.Type} '{principal.Name}'", $"Delete ({DescribeLoss(principal)})", Force))
        {
            return;
        }
        if (PrincipalType.FromWire(principal.Type).CanBeNamedByOthers)
        {
            DrainWindow();
        }
        Start(principal, token => Client.Principals.DeleteAsync(principal.Name, token), () =>
        {
            RecordGone(principal);
            if (Client.Principals.GetDeletionWarning(principal) is { } warning)
            {
                WriteWarning(warning);
            }
        });
        if (PrincipalType.FromWire(principal.Type).CanBeNamedByOthers)
        {
            DrainWindow();
        }
    }

    private static bool KnowsLoss(MailPrincipal principal) => PrincipalType.FromWire(principal.Type).Word switch
    {
        "individual" => principal.UsedBytes is not null,
        "domain" or "role" or "group" or "list" => principal.MemberCount is not null,
        var type => !string.IsNullOrEmpty(type),
    };

    private static string DescribeLoss(MailPrincipal principal) => PrincipalType.FromWire(principal.Type).Word switch
    {
        "domain" => $"its {principal.MemberCount} addresses remain without a domain, and mail to them is rejected",
        "role" => $"its {principal.MemberCount} members lose it; members without another role can no longer sign in",
        "group" or "list" => $"its {principal.MemberCount} members are kept, but are no longer members",
        "individual" => $"all mail of the account is deleted with it{(principal.UsedBytes is > 0 and { } used ? $", {ByteSize.Format(used)}" : "")}",
        "tenant" => "the server rejects this while it has members",
        _ => "it cannot be restored",
    };
}
