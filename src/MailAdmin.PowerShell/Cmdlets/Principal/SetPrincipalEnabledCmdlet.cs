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
        if (!PassesWhatIf(token => CheckAsync(identity, token), identity.Name) || !ShouldAct($"'{identity}'", IsEnabling ? "Allow sign-in" : "Prevent sign-in"))
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

    private async Task CheckAsync(PrincipalIdentity identity, CancellationToken cancellationToken) =>
        SignInPermission.ThrowIfCannotSignIn(identity.Principal ?? await FindAsync(identity, cancellationToken).ConfigureAwait(false));
}
