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
    private protected IEnumerable<PrincipalIdentity> Accounts(PrincipalIdentity[]? given)
    {
        foreach (PrincipalIdentity identity in given ?? [])
        {
            if (Refusal(identity) is { } refusal)
            {
                WriteFailure(new ArgumentException(refusal), identity.Name);
            }
            else
            {
                yield return identity;
            }
        }
    }

    /// <summary>Whether to go on: -Force skips the question, never -WhatIf, which ShouldProcess itself does not know of -Force.</summary>
    private protected bool Confirmed(bool force, string target, string action) => (force && !WhatIfRequested) || ShouldProcess(target, action);

    /// <summary>Whether confirmation was switched off, or has just been given, so that a second question would be one too many.</summary>
    private protected bool IsAnswered => MyInvocation.BoundParameters.ContainsKey("Confirm")
        || (GetVariableValue("ConfirmPreference") is { } preference && string.Equals(preference.ToString(), nameof(ConfirmImpact.None), StringComparison.OrdinalIgnoreCase));

    /// <summary>The name to send: an address must be looked up first.</summary>
    private protected Task<string> NameAsync(PrincipalIdentity identity, CancellationToken cancellationToken) => AccountLookup.NameAsync(Client, identity, cancellationToken);

    private string? Refusal(PrincipalIdentity identity) => AccountLookup.Refusal(identity, $"Get-MailPrincipal '{identity}' -Type Individual | {MyInvocation.InvocationName} reaches each match.");
}
