using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Cmdlets.Principal;
using MailAdmin.PowerShell.Cmdlets.Tasks;
using MailAdmin.PowerShell.Errors;
using MailAdmin.PowerShell.Module;

namespace MailAdmin.PowerShell.Cmdlets.Maintenance;

/// <summary>Rebuilds search indexes in the background (GET /store/reindex; from server 0.15 on GET /store/reindex/{index}; from 0.16 on x:Task/set). Before 0.16 the server does not report the end.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "MailReindex", DefaultParameterSetName = ByAccount, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium,
    HelpUri = HelpPages.Folder + "Invoke-MailReindex.md")]
[OutputType(typeof(MailTask))]
public sealed class InvokeMailReindex : AccountCmdlet
{
    private const string AllSet = "All";
    private readonly TaskWait _wait;

    /// <summary>Creates the cmdlet.</summary>
    public InvokeMailReindex() => _wait = new TaskWait(this, Pump, () => Client.Tasks);

    /// <summary>Rebuild the index of every account of the server, groups included, which keeps it busy for a while; with -Index Tracing, that of its traces. Asks first.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AllSet)]
    public SwitchParameter All { get; set; }

    /// <summary>The index to rebuild, with server 0.15. Default: that of mail, the only one before 0.15. From 0.16 on all that is indexed is rebuilt, and only Tracing, with -All, is an index of its own.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public SearchIndex[]? Index { get; set; }

    /// <summary>Wait until the server's tasks are done, from server 0.16 on; a task that failed is an error with its reason. Stopping the command ends the waiting, not the task.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>Do not ask for confirmation. -WhatIf still applies.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected override void Begin()
    {
        if (Wait)
        {
            Client.Tasks.ThrowIfNone(nameof(Wait));
        }
        Client.Maintenance.CheckReindex(Index ?? [], ofAll: ParameterSetName == AllSet);
    }

    private string IndexSuffix => Index is null ? "" : $" ({string.Join(", ", Index)})";

    private protected override void Process(PrincipalIdentity identity) => Act(
        identity,
        $"Rebuild the search index{IndexSuffix}",
        (client, name, token) => RebuildAsync(index => client.Maintenance.ReindexAsync(name, index, token).WithNotFoundMessageAsync($"There is no account '{name}'.", name)),
        WriteTasks,
        WaitAsync,
        Force);

    private protected override void ProcessWithoutAccount()
    {
        if (!All)
        {
            ThrowTerminatingError(ErrorCatalogue.TargetNotSpecified("Specify accounts, or -All."));
        }
        Task<IReadOnlyList<MailTask>> RebuildAllAsync(MailClient client, CancellationToken token) => RebuildAsync(index => client.Maintenance.ReindexAsync(null, index, token));
        string target = Describe("all accounts");
        if (PassesDryRun(RebuildAllAsync, target, isOfAll: true)
            && ShouldActOnAll(target, $"Rebuild the search index{IndexSuffix}, which keeps the server busy for a while", Force, () => Describe(OfTracesAlone ? "" : CountAccounts())))
        {
            Start(target, async token => await WaitAsync(await RebuildAllAsync(Client, token).ConfigureAwait(false), token).ConfigureAwait(false), WriteTasks);
        }
    }

    private bool OfTracesAlone => Index is not null && Index.All(index => index == SearchIndex.Tracing);

    // Traces are of no account.
    private string Describe(string accounts) => OfTracesAlone ? "the traces of the server"
        : Index?.Contains(SearchIndex.Tracing) == true ? $"{accounts} and the traces of the server" : accounts;

    // A group has a mailbox, too.
    private string CountAccounts()
    {
        try
        {
            return $"all {Pump.Wait(Client.Principals.CountAsync(new PrincipalQuery { Types = [PrincipalType.Individual, PrincipalType.Group] }, Pump.Token))} accounts, groups included";
        }
        catch (MailServerException)
        {
            return "all accounts";
        }
    }

    private async Task<IReadOnlyList<MailTask>> RebuildAsync(Func<SearchIndex?, Task<MailTask?>> rebuild)
    {
        var begun = new List<MailTask>();
        foreach (SearchIndex? index in Index is null ? [null] : Index.Distinct().Select(given => (SearchIndex?)given))
        {
            if (await rebuild(index).ConfigureAwait(false) is { } task)
            {
                begun.Add(task);
            }
        }
        return begun;
    }

    private async Task<IReadOnlyList<MailTask>> WaitAsync(IReadOnlyList<MailTask> begun, CancellationToken cancellationToken)
    {
        var done = new List<MailTask>();
        foreach (MailTask task in begun)
        {
            done.Add(Wait ? await _wait.RunAsync(task, cancellationToken).ConfigureAwait(false) : task);
        }
        return done;
    }

    private void WriteTasks(IReadOnlyList<MailTask> tasks) => WriteObject(tasks, enumerateCollection: true);
}
