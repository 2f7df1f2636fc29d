using System.Management.Automation;
using MailAdmin.Client;

namespace MailAdmin.PowerShell.Cmdlets.Principal;

/// <summary>Adds <c>authenticate</c> to a principal's disabled permissions, or removes it (PATCH /principal/{name}).</summary>
public abstract class SetPrincipalEnabledCmdlet : PrincipalTargetCmdlet
{
    private protected SetPrincipalEnabledCmdlet()
    {
    }

    /// <summary>Return the changed principal.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected abstract PrincipalChange Change { get; }

    private protected abstract string Action { get; }

    private protected sealed override void Process(PrincipalIdentity identity)
    {
        if (!ShouldAct($"'{identity}'", Action))
        {
            return;
        }
        Start(
            identity.Name,
            async token =>
            {
                string name = await ResolveNameAsync(identity, token).ConfigureAwait(false);
                await Client.Principals.PatchAsync(name, [Change], token).ConfigureAwait(false);
                return PassThru ? await Client.Principals.GetAsync(name, token).ConfigureAwait(false) : null;
            },
            changed =>
            {
                if (changed is not null)
                {
                    WriteObject(changed);
                }
            });
    }
}
