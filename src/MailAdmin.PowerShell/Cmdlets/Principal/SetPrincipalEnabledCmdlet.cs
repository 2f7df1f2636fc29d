using System.Management.Automation;
using MailAdmin.Client;

namespace MailAdmin.PowerShell.Cmdlets.Principal;

/// <summary>Adds <c>authenticate</c> to an account's disabled permissions, or removes it (GET /principal/{name}, PATCH /principal/{name}).</summary>
public abstract class SetPrincipalEnabledCmdlet : PrincipalTargetCmdlet
{
    private protected SetPrincipalEnabledCmdlet()
    {
    }

    /// <summary>Return the changed principal, which is read again: one more call each.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected abstract bool IsEnabling { get; }

    private protected sealed override void Process(PrincipalIdentity identity)
    {
        bool isFirst = true;
        async Task<MailPrincipal> ReadFirstAsync(CancellationToken token)
        {
            MailPrincipal principal = await ReadAsync(identity, token).ConfigureAwait(false);
            isFirst = IsFirst(identity, principal.Name);
            return principal;
        }
        if (!PassesDryRun(
            async (dry, token) =>
            {
                MailPrincipal principal = await ReadFirstAsync(token).ConfigureAwait(false);
                dry.Principals.CheckPermission(principal, [SignInPermission.CreateChange(IsEnabling)]);
                await dry.Principals.PatchAsync(principal.Name, [SignInPermission.CreateChange(IsEnabling)], token).ConfigureAwait(false);
            },
            identity.Name,
            ReadFirstAsync))
        {
            return;
        }
        if (!isFirst)
        {
            WarnOfRepetition(identity);
            return;
        }
        if (WhatIfRequested && ReadPrincipal(identity, fresh: true)?.Enabled == IsEnabling)
        {
            WriteUnchanged($"'{identity}'");
            return;
        }
        if (!IsEnabling)
        {
            PermissionWarnings.WarnOnOwn(this, Client.UserName, identity.Principal?.Name ?? identity.Name, "may not sign in");
        }
        if (!ShouldAct($"'{identity}'", IsEnabling ? "Allow sign-in" : "Prevent sign-in"))
        {
            return;
        }
        Start(
            identity.Name,
            async token =>
            {
                MailPrincipal principal = await ReadAsync(identity, token).ConfigureAwait(false);
                if (!IsFirst(identity, principal.Name))
                {
                    return (IsFirst: false, Changed: null, UnreadReason: null);
                }
                await Client.Principals.PatchAsync(principal.Name, [SignInPermission.CreateChange(IsEnabling)], token).ConfigureAwait(false);
                try
                {
                    return (IsFirst: true, Changed: PassThru ? await Client.Principals.GetAsync(principal.Name, token).ConfigureAwait(false) : null, UnreadReason: (string?)null);
                }
                catch (MailServerException e)
                {
                    // It is changed.
                    return (IsFirst: true, Changed: null, UnreadReason: e.Message);
                }
            },
            result =>
            {
                if (!result.IsFirst)
                {
                    WarnOfRepetition(identity);
                }
                else if (result.Changed is { } changed)
                {
                    WriteObject(PrincipalView.Create(WithServer(changed)));
                }
                else if (result.UnreadReason is { } reason)
                {
                    WriteWarning(PrincipalErrors.FormatUnread(identity.ToString(), reason));
                }
            });
    }

    private async Task<MailPrincipal> ReadAsync(PrincipalIdentity identity, CancellationToken cancellationToken)
    {
        MailPrincipal principal = identity.Principal ?? await FindAsync(identity, cancellationToken).ConfigureAwait(false);
        SignInPermission.ThrowIfCannotSignIn(principal);
        return principal;
    }
}
