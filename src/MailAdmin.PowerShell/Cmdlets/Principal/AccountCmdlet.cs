// What the cmdlets that work on somebody's account share: who is meant, and whether it is an account at all.
using System.Management.Automation;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Principal;

/// <summary>A cmdlet whose -Account names accounts, one or more, without wildcards.</summary>
public abstract class AccountCmdlet : WindowedCmdlet
{
    private protected AccountCmdlet()
    {
    }

    /// <summary>Those of the input that name accounts; an error is written for each of the others.</summary>
    private protected IEnumerable<PrincipalIdentity> GetValidAccounts(PrincipalIdentity[]? given)
    {
        foreach (PrincipalIdentity identity in given ?? [])
        {
            if (GetInvalidReason(identity) is { } refusal)
            {
                WriteItemError(new ArgumentException(refusal), identity.Name);
            }
            else
            {
                yield return identity;
            }
        }
    }

    /// <summary>Whether to go on: -Force skips the question, never -WhatIf, which ShouldProcess itself does not know of -Force.</summary>
    private protected bool ConfirmUnlessForced(bool force, string target, string action) => (force && !WhatIfRequested) || ShouldProcess(target, action);

    /// <summary>Whether confirmation was switched off, or has just been given, so that a second question would be one too many.</summary>
    private protected bool IsConfirmationHandled => MyInvocation.BoundParameters.ContainsKey("Confirm")
        || (GetVariableValue("ConfirmPreference") is { } preference && string.Equals(preference.ToString(), nameof(ConfirmImpact.None), StringComparison.OrdinalIgnoreCase));

    /// <summary>The name to send: an address must be looked up first.</summary>
    private protected Task<string> ResolveNameAsync(PrincipalIdentity identity, CancellationToken cancellationToken) => AccountLookup.ResolveNameAsync(Client, identity, cancellationToken);

    private string? GetInvalidReason(PrincipalIdentity identity) => AccountLookup.GetInvalidReason(identity, $"Get-MailPrincipal '{identity}' -Type Individual | {MyInvocation.InvocationName} reaches each match.");
}
