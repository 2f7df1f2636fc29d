using System.Management.Automation;
using MailAdmin.Client;
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

    /// <summary>Acts on an account, once that is confirmed: only where there is one that the server would act on, and once on each.</summary>
    /// <param name="identity">The account.</param>
    /// <param name="action">What is done to it, and what is lost by it.</param>
    /// <param name="work">Has a client do it to the account of a name.</param>
    /// <param name="onSuccess">Writes the result.</param>
    /// <param name="complete">What follows the work, such as waiting for its end; null for nothing.</param>
    /// <param name="force">The cmdlet's -Force; null where it has none.</param>
    private protected void Act<T>(
        PrincipalIdentity identity, string action, Func<MailClient, string, CancellationToken, Task<T>> work, Action<T> onSuccess, Func<T, CancellationToken, Task<T>>? complete = null, SwitchParameter? force = null)
    {
        bool isFirst = _named.IsFirst(identity);
        async Task<string> FindAsync(MailClient client, CancellationToken token)
        {
            string name = await AccountLookup.GetNameAsync(client, identity, token).ConfigureAwait(false);
            isFirst = _named.IsFirst(identity, name);
            return name;
        }
        if (isFirst && !PassesDryRun(
            async (dry, token) => await work(dry, await FindAsync(dry, token).ConfigureAwait(false), token).ConfigureAwait(false),
            identity.Name,
            token => FindAsync(Client, token)))
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
                if (!_named.IsFirst(identity, name))
                {
                    return (IsFirst: false, Result: default(T)!);
                }
                T result = await work(Client, name, token).ConfigureAwait(false);
                return (IsFirst: true, Result: complete is null ? result : await complete(result, token).ConfigureAwait(false));
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

    /// <summary>The name to send: an address must be looked up first.</summary>
    private protected Task<string> ResolveNameAsync(PrincipalIdentity identity, CancellationToken cancellationToken) => AccountLookup.ResolveNameAsync(Client, identity, cancellationToken);
}
