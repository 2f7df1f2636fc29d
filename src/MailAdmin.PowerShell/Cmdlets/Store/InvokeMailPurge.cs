using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Cmdlets.Principal;
using MailAdmin.PowerShell.Cmdlets.Tasks;
using MailAdmin.PowerShell.Module;

namespace MailAdmin.PowerShell.Cmdlets.Store;

/// <summary>Queues a purge of expired data, for accounts or for a store (GET /store/purge/account, /store/purge/blob, /store/purge/data, /store/purge/in-memory; from server 0.16 on x:Task/set). Before 0.16 the server does not report its end.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "MailPurge", DefaultParameterSetName = ByAccount, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High,
    HelpUri = HelpPages.Folder + "Invoke-MailPurge.md")]
[OutputType(typeof(MailTask))]
public sealed class InvokeMailPurge : AccountCmdlet
{
    private const string ByScope = "Scope";
    private readonly TaskWait _wait;

    /// <summary>Creates the cmdlet.</summary>
    public InvokeMailPurge() => _wait = new TaskWait(this, Pump, () => Client.Tasks);

    /// <summary>What to purge for the whole server: AllAccounts, or one of its stores, Blob, Data or InMemory; from server 0.16 on Data goes through InMemory too.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByScope)]
    [SingleValue]
    public PurgeScope Scope { get; set; }

    /// <summary>Wait until the server's tasks are done, from server 0.16 on; a task that failed is an error with its reason. Stopping the command ends the waiting, not the task.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>Do not ask for confirmation.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected override void Begin()
    {
        if (Wait)
        {
            Client.Tasks.ThrowIfNone(nameof(Wait));
        }
        if (ParameterSetName == ByScope)
        {
            Client.Maintenance.CheckPurge(Scope);
        }
    }

    private protected override void Process(PrincipalIdentity identity) => Act(
        identity,
        $"Purge ({DescribeLoss(PurgeScope.AllAccounts)})",
        (client, name, token) => client.Maintenance.PurgeAccountAsync(name, token),
        task => WriteTask(task, $"'{identity}'"),
        WaitAsync,
        Force);

    private protected override void ProcessWithoutAccount()
    {
        if (PassesDryRun((dry, token) => dry.Maintenance.PurgeAsync(Scope, token), Scope, isOfAll: true) && ShouldActOnAll($"{Client.BaseUri.Host}: {DescribeScope(Scope)}", $"Purge ({DescribeLoss(Scope)})", Force))
        {
            Start(Scope, async token => await WaitAsync(await Client.Maintenance.PurgeAsync(Scope, token).ConfigureAwait(false), token).ConfigureAwait(false), task => WriteTask(task, DescribeScope(Scope)));
        }
    }

    private async Task<MailTask?> WaitAsync(MailTask? task, CancellationToken cancellationToken) =>
        task is not null && Wait ? await _wait.RunAsync(task, cancellationToken).ConfigureAwait(false) : task;

    private void WriteTask(MailTask? task, string target)
    {
        if (task is null)
        {
            WriteVerbose($"The purge of {target} is queued; the server does not report its end.");
        }
        else
        {
            WriteObject(task);
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
