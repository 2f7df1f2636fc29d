using System.Management.Automation;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Principal;

/// <summary>A cmdlet that works on accounts: -Account names one or more, without wildcards.</summary>
public abstract class AccountCmdlet : WindowedCmdlet
{
    private protected const string ByAccount = "Account";

    private protected AccountCmdlet()
    {
    }

    /// <summary>The account: its name, an address, or the object. No wildcards: to process several, pipe them from Get-MailPrincipal.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ByAccount)]
    [Alias("Name")]
    [ArgumentCompleter(typeof(PrincipalNameCompleter))]
    [PrincipalIdentityArgument]
    [ValidateNotNullOrEmpty]
    public PrincipalIdentity[]? Account { get; set; }

    /// <inheritdoc/>
    protected sealed override void ProcessRecord()
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

    /// <summary>Starts work on an account by the name to send: an address must be looked up first.</summary>
    private protected void Start<T>(PrincipalIdentity identity, Func<string, CancellationToken, Task<T>> work, Action<T> onSuccess) =>
        Start(identity.Name, async token => await work(await ResolveNameAsync(identity, token).ConfigureAwait(false), token).ConfigureAwait(false), onSuccess);

    /// <summary>Starts work without a result on an account by the name to send.</summary>
    private protected void Start(PrincipalIdentity identity, Func<string, CancellationToken, Task> work, Action? onSuccess = null) =>
        Start(identity.Name, async token => await work(await ResolveNameAsync(identity, token).ConfigureAwait(false), token).ConfigureAwait(false), onSuccess);

    /// <summary>Whether to act on an account: with -WhatIf only where there is one.</summary>
    private protected bool ShouldAct(PrincipalIdentity identity, string action, SwitchParameter? force = null) =>
        PassesWhatIf(token => AccountLookup.CheckAsync(Client, identity, token), identity.Name) && ShouldAct($"account '{identity}'", action, force);

    /// <summary>The name to send: an address must be looked up first.</summary>
    private protected Task<string> ResolveNameAsync(PrincipalIdentity identity, CancellationToken cancellationToken) => AccountLookup.ResolveNameAsync(Client, identity, cancellationToken);
}
