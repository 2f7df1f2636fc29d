using System.Management.Automation;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Principal;

/// <summary>A cmdlet that works on accounts: -Account names one or more, without wildcards.</summary>
public abstract class AccountCmdlet : WindowedCmdlet
{
    private protected const string ByAccount = "Account";
    private readonly NamedPrincipals _named = new();

    private protected AccountCmdlet()
    {
    }

    /// <summary>The account: its name, an address, or the object. No wildcards: to process several, pipe them from Get-MailPrincipal.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ByAccount)]
    [Alias("Name")]
    [ArgumentCompleter(typeof(PrincipalNameCompleter))]
    [PrincipalIdentityArgument(Parameter = nameof(Account))]
    [ValidateNotNullOrEmpty]
    public PrincipalIdentity[]? Account { get; set; }

    /// <inheritdoc/>
    private protected sealed override void Process()
    {
        if (ParameterSetName != ByAccount)
        {
            ProcessWithoutAccount();
            return;
        }
        foreach (PrincipalIdentity identity in Account!)
        {
            if (AccountLookup.GetInvalidReason(identity, $"{MyInvocation.MyCommand.Name} {WildcardExtensions.QuoteLiterally(identity.Name)}") is { } reason)
            {
                WriteItemError(new ArgumentException(reason), identity.Name);
            }
            else
            {
                Process(identity);
            }
        }
    }

    /// <summary>Works on one account; called on the pipeline thread.</summary>
    private protected abstract void Process(PrincipalIdentity identity);

    /// <summary>Works in a parameter set without -Account.</summary>
    private protected virtual void ProcessWithoutAccount() => throw new InvalidOperationException($"The parameter set {ParameterSetName} is not implemented.");

    /// <summary>Starts to read of an account by the name to send: an address must be looked up first.</summary>
    private protected void Read<T>(PrincipalIdentity identity, Func<string, CancellationToken, Task<T>> read, Action<T> onSuccess) =>
        Start(identity.Name, async token => await read(await ResolveNameAsync(identity, token).ConfigureAwait(false), token).ConfigureAwait(false), onSuccess);

    /// <summary>Acts on an account, once that is confirmed: with -WhatIf as in the real run only where there is one, and once on each.</summary>
    private protected void Act<T>(PrincipalIdentity identity, string action, Func<string, CancellationToken, Task<T>> work, Action<T> onSuccess, SwitchParameter? force = null)
    {
        bool isFirst = _named.IsFirst(identity);
        if (isFirst && !PassesWhatIf(async token => isFirst = _named.IsFirst(identity, await AccountLookup.GetNameAsync(Client, identity, token).ConfigureAwait(false)), identity.Name))
        {
            return;
        }
        if (!isFirst)
        {
            WarnOfRepetition($"'{identity}'");
            return;
        }
        if (!ShouldAct($"account '{identity}'", action, force))
        {
            return;
        }
        Start(
            identity.Name,
            async token =>
            {
                string name = await AccountLookup.GetNameAsync(Client, identity, token).ConfigureAwait(false);
                return _named.IsFirst(identity, name) ? (IsFirst: true, Result: await work(name, token).ConfigureAwait(false)) : (IsFirst: false, Result: default(T)!);
            },
            done =>
            {
                if (done.IsFirst)
                {
                    onSuccess(done.Result);
                }
                else
                {
                    WarnOfRepetition($"'{identity}'");
                }
            });
    }

    /// <summary>The same for work without a result.</summary>
    private protected void Act(PrincipalIdentity identity, string action, Func<string, CancellationToken, Task> work, Action? onSuccess = null, SwitchParameter? force = null) => Act(
        identity,
        action,
        async (name, token) =>
        {
            await work(name, token).ConfigureAwait(false);
            return true;
        },
        _ => onSuccess?.Invoke(),
        force);

    /// <summary>The name to send: an address must be looked up first.</summary>
    private protected Task<string> ResolveNameAsync(PrincipalIdentity identity, CancellationToken cancellationToken) => AccountLookup.ResolveNameAsync(Client, identity, cancellationToken);
}
