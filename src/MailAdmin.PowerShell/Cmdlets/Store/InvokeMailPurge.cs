using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Cmdlets.Principal;
using MailAdmin.PowerShell.Module;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Store;

/// <summary>Queues a purge of expired data, for accounts or for a store (GET /store/purge/account, /store/purge/blob, /store/purge/data, /store/purge/in-memory). The server does not report its end.</summary>
[ManagementApiOnly]
[Cmdlet(VerbsLifecycle.Invoke, "MailPurge", DefaultParameterSetName = ByAccount, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High,
    HelpUri = HelpPages.Folder + "Invoke-MailPurge.md")]
public sealed class InvokeMailPurge : AccountCmdlet
{
    private const string ByScope = "Scope";

    /// <summary>What to purge for the whole server: AllAccounts, or one of its stores, Blob, Data or InMemory.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByScope)]
    [SingleValue]
    public PurgeScope Scope { get; set; }

    /// <summary>Do not ask for confirmation.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override void Process(PrincipalIdentity identity) => Act(
        identity,
        $"Purge ({DescribeLoss(PurgeScope.AllAccounts)})",
        Client.Store.PurgeAccountAsync,
        () => WriteVerbose($"The purge of '{identity}' is queued; the server does not report its end."),
        Force);

    private protected override void ProcessWithoutAccount()
    {
        if (ShouldActOnAll($"{Client.BaseUri.Host}: {DescribeScope(Scope)}", $"Purge ({DescribeLoss(Scope)})", Force))
        {
            Start(Scope, token => Client.Store.PurgeAsync(Scope, token), () => WriteVerbose($"The purge of {DescribeScope(Scope)} is queued; the server does not report its end."));
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
        PurgeScope.AllAccounts => "deleted mail, and mail kept longer in Trash and Junk than the server is set to keep it, is permanently deleted",
        PurgeScope.Blob => "what nothing refers to any more is permanently deleted",
        PurgeScope.Data => "what has expired is permanently deleted",
        _ => "expired entries are deleted: rate limits, greylisting, tokens",
    };
}
