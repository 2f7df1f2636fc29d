using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Module;

namespace MailAdmin.PowerShell.Cmdlets.Principal;

/// <summary>Deletes principals (DELETE /principal/{name}). An account's mail is deleted with it and cannot be restored on a Community server.</summary>
[Cmdlet(VerbsCommon.Remove, "MailPrincipal", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High,
    HelpUri = HelpPages.Folder + "Remove-MailPrincipal.md")]
public sealed class RemoveMailPrincipal : PrincipalTargetCmdlet
{
    private const string Refused = "the server refuses this while anything belongs to it or refers to it";

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
        if (!PassesDryRun(
            async (dry, token) =>
            {
                dry.Principals.CheckPermission(principal, changes: null);
                await dry.Principals.DeleteAsync(principal.Name, token).ConfigureAwait(false);
            },
            principal.Name))
        {
            return;
        }
        PermissionWarnings.WarnOnOwn(this, Client.UserName, principal.Name, "is deleted");
        if (!ShouldAct($"{principal.Type} '{principal.Name}'", $"Delete ({DescribeLoss(principal)})", Force))
        {
            if (WhatIfRequested)
            {
                WarnOfRemains(principal);
            }
            return;
        }
        if (PrincipalType.FromWire(principal.Type).CanBeNamedByOthers)
        {
            DrainWindow();
        }
        Start(principal, token => Client.Principals.DeleteAsync(principal.Name, token), () =>
        {
            RecordGone(principal);
            WarnOfRemains(principal);
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

    private void WarnOfRemains(MailPrincipal principal)
    {
        if (Client.Principals.GetDeletionWarning(principal) is { } warning)
        {
            WriteWarning(warning);
        }
    }

    private string DescribeLoss(MailPrincipal principal) => PrincipalType.FromWire(principal.Type).Word switch
    {
        "individual" => $"all mail of the account is deleted with it{(principal.UsedBytes is > 0 and { } used ? $", {ByteSize.Format(used)}" : "")}",
        "list" => $"its{FormatCount(principal)} members are kept, but are no longer members",
        "tenant" => Refused,
        "domain" or "role" or "group" when Client.Principals.KeepsWhatIsInUse => Refused,
        "domain" => $"its{FormatCount(principal)} addresses remain without a domain, and mail to them is rejected",
        "role" => $"its{FormatCount(principal)} members lose it; members without another role can no longer sign in",
        "group" => $"its{FormatCount(principal)} members are kept, but are no longer members",
        _ => "it cannot be restored",
    };

    // Not known of every principal.
    private static string FormatCount(MailPrincipal principal) => principal.MemberCount is { } count ? $" {count}" : "";
}
