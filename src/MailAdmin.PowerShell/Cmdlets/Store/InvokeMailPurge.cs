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
    [SingleValue]
    public PurgeScope Scope { get; set; }

    /// <summary>Do not ask.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == ByScope)
        {
            if (ConfirmUnlessForced(Force, $"{Client.BaseUri.Host}: {DescribeScope(Scope)}", $"Purge ({DescribeLoss(Scope)})"))
            {
                Start(Scope, token => Client.Store.PurgeAsync(Scope, token), () => WriteVerbose($"The purge of {DescribeScope(Scope)} is queued; the server does not report its end."));
            }
            return;
        }
        foreach (PrincipalIdentity identity in GetValidAccounts(Account))
        {
            if (ConfirmUnlessForced(Force, $"account '{identity}'", $"Purge ({DescribeLoss(PurgeScope.AllAccounts)})"))
            {
                Start(
                    identity.Name,
                    async token => await Client.Store.PurgeAccountAsync(await ResolveNameAsync(identity, token).ConfigureAwait(false), token).ConfigureAwait(false),
                    () => WriteVerbose($"The purge of '{identity}' is queued; the server does not report its end."));
            }
        }
    }

    private static string DescribeScope(PurgeScope scope) => scope switch
    {
        PurgeScope.AllAccounts => "all accounts",
        PurgeScope.Blob => "the blob store",
        PurgeScope.Data => "the data store",
        _ => "the in-memory store",
    };

    private static string DescribeLoss(PurgeScope scope) => scope switch
    {
        PurgeScope.AllAccounts => "deleted mail, and mail kept longer in Trash and Junk than the server is set to keep it, is gone for good",
        PurgeScope.Blob => "what nothing refers to any more is gone for good",
        PurgeScope.Data => "what has expired is gone for good",
        _ => "expired entries go: rate limits, greylisting, tokens",
    };
}
