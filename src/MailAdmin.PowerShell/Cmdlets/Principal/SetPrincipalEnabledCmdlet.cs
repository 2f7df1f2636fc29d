using System.Management.Automation;
using MailAdmin.Client;

namespace MailAdmin.PowerShell.Cmdlets.Principal;

/// <summary>Adds <c>authenticate</c> to an account's disabled permissions, or removes it (GET /principal/{name}, PATCH /principal/{name}).</summary>
public abstract class SetPrincipalEnabledCmdlet : PrincipalTargetCmdlet
{
    private protected SetPrincipalEnabledCmdlet()
    {
    }

    /// <summary>Return the changed principal.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected abstract bool IsEnabling { get; }

    private protected sealed override void Process(PrincipalIdentity identity)
    {
        if (WhatIfRequested && !CanSignIn(identity))
        {
            return;
        }
        if (!ShouldAct($"'{identity}'", IsEnabling ? "Allow sign-in" : "Prevent sign-in"))
        {
            return;
        }
        Start(
            identity.Name,
            async token =>
            {
                MailPrincipal principal = identity.Principal ?? await FindAsync(identity, token).ConfigureAwait(false);
                SignInPermission.ThrowIfCannotSignIn(principal);
                await Client.Principals.PatchAsync(principal.Name, [SignInPermission.CreateChange(IsEnabling)], token).ConfigureAwait(false);
                return PassThru ? await Client.Principals.GetAsync(principal.Name, token).ConfigureAwait(false) : null;
            },
            changed =>
            {
                if (changed is not null)
                {
                    WriteObject(changed);
                }
            });
    }

    // Whether the server has it and it is an account, where nothing is sent.
    private bool CanSignIn(PrincipalIdentity identity)
    {
        if (ReadPrincipal(identity) is not { } principal)
        {
            return false;
        }
        try
        {
            SignInPermission.ThrowIfCannotSignIn(principal);
            return true;
        }
        catch (ArgumentException e)
        {
            WriteItemError(e, identity.Name);
            return false;
        }
    }
}
