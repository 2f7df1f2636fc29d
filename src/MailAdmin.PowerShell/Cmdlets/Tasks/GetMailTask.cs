using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Errors;
using MailAdmin.PowerShell.Module;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Tasks;

/// <summary>Gets the tasks of a server from 0.16 on: work in the background that waits or failed (x:Task/query, x:Task/get). What is done is gone.</summary>
[Cmdlet(VerbsCommon.Get, "MailTask", DefaultParameterSetName = ByFilter, SupportsPaging = true,
    HelpUri = HelpPages.Folder + "Get-MailTask.md")]
[OutputType(typeof(MailTask))]
public sealed class GetMailTask : WindowedCmdlet
{
    private const string ByFilter = "Filter";
    private const string ById = "Id";

    /// <summary>The id of the task, or the task, which is then read again.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ById)]
    [ArgumentCompleter(typeof(TaskIdCompleter))]
    [TaskIdentityArgument]
    [ValidateNotNullOrEmpty]
    public TaskIdentity[]? Id { get; set; }

    /// <summary>Only tasks of these kinds.</summary>
    [Parameter(ParameterSetName = ByFilter)]
    [ArgumentCompleter(typeof(TaskKindCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Kind { get; set; }

    /// <summary>Only tasks that are so far: Pending (they wait, or are at work), Retry (they failed and are tried again) or Failed.</summary>
    [Parameter(ParameterSetName = ByFilter)]
    [ValidateSet("Pending", "Retry", "Failed")]
    [ValidateNotNullOrEmpty]
    public string[]? State { get; set; }

    /// <inheritdoc/>
    private protected override void Begin()
    {
        Client.Tasks.ThrowIfNone(null);
        if (Array.Find(Kind ?? [], kind => !TaskKind.Known.Contains(TaskKind.Parse(kind))) is { } unknown)
        {
            ThrowTerminating(new ArgumentException($"There is no kind of task '{unknown}'. The kinds are {string.Join(", ", TaskKind.Known)}."), unknown);
        }
    }

    /// <inheritdoc/>
    private protected override void Process()
    {
        if (ParameterSetName == ByFilter)
        {
            List();
            return;
        }
        foreach (TaskIdentity identity in Id!)
        {
            Start(identity.Id, token => Client.Tasks.GetAsync(identity.Id, token), WriteObject);
        }
    }

    private void List()
    {
        var query = new TaskQuery
        {
            Kinds = [.. (Kind ?? []).Select(TaskKind.Parse).Distinct()],
            States = [.. (State ?? []).Select(TaskState.Parse).Distinct()],
        };
        try
        {
            IEnumerable<MailTask> tasks = Pump.Enumerate(token => Client.Tasks.ListAsync(query, token));
            if (PagingParameters.IncludeTotalCount)
            {
                // The server counts only what it filters itself.
                MailTask[] all = [.. tasks];
                WriteObject(PagingParameters.NewTotalCount((ulong)all.Length, 1.0));
                tasks = all;
            }
            foreach (MailTask task in PagingParameters.Apply(tasks))
            {
                WriteObject(task);
            }
        }
        catch (Exception e) when (ErrorCatalogue.IsClientException(e))
        {
            ThrowTerminating(e, null);
        }
    }
}
