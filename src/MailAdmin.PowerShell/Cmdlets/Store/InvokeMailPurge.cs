// Invoke-MailPurge: has the server clear out what has expired, of some accounts or of a store.
using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Cmdlets.Principal;

namespace MailAdmin.PowerShell.Cmdlets.Store;

/// <summary>Queues a purge (GET /store/purge/account, /store/purge/blob, /store/purge/data, /store/purge/in-memory). Nothing reports its end.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "MailPurge", DefaultParameterSetName = ByAccount, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
public sealed class InvokeMailPurge : AccountCmdlet
{
    private const string ByAccount = "Account";
    private const string ByScope = "Scope";

    /// <summary>The account: its name, an address, or the object. No wildcards: pipe from Get-MailPrincipal to reach several.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ByAccount)]
    [Alias("Name")]
    [ArgumentCompleter(typeof(PrincipalNameCompleter))]
    [PrincipalIdentityArgument]
    [ValidateNotNullOrEmpty]
    public PrincipalIdentity[]? Account { get; set; }

    /// <summary>Every account, or one of the server's stores.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByScope)]
    [OneWord]
    public PurgeScope Scope { get; set; }

    /// <summary>Do not ask.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == ByScope)
        {
            if (Confirmed(Force, $"{Client.BaseUri.Host}: {Target(Scope)}", $"Purge ({Loss(Scope)})"))
            {
                Start(Scope, token => Client.Store.PurgeAsync(Scope, token), () => WriteVerbose($"The purge of {Target(Scope)} is queued; the server does not report its end."));
            }
            return;
        }
        foreach (PrincipalIdentity identity in Accounts(Account))
        {
            if (Confirmed(Force, $"account '{identity}'", $"Purge ({Loss(PurgeScope.AllAccounts)})"))
            {
                Start(
                    identity.Name,
                    async token => await Client.Store.PurgeAccountAsync(await NameAsync(identity, token).ConfigureAwait(false), token).ConfigureAwait(false),
                    () => WriteVerbose($"The purge of '{identity}' is queued; the server does not report its end."));
            }
        }
    }

    private static string Target(PurgeScope scope) => scope switch
    {
        PurgeScope.AllAccounts => "all accounts",
        PurgeScope.Blob => "the blob store",
        PurgeScope.Data => "the data store",
        _ => "the in-memory store",
    };

    private static string Loss(PurgeScope scope) => scope switch
    {
        PurgeScope.AllAccounts => "deleted mail, and mail kept longer in Trash and Junk than the server is set to keep it, is gone for good",
        PurgeScope.Blob => "what nothing refers to any more is gone for good",
        PurgeScope.Data => "what has expired is gone for good",
        _ => "expired entries go: rate limits, greylisting, tokens",
    };
}
