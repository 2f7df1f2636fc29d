using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Module;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Tasks;

/// <summary>Removes tasks of a server from 0.16 on (x:Task/set): those that wait are not done, those that failed are forgotten.</summary>
[Cmdlet(VerbsCommon.Remove, "MailTask", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium,
    HelpUri = HelpPages.Folder + "Remove-MailTask.md")]
public sealed class RemoveMailTask : WindowedCmdlet
{
    /// <summary>The id of the task, or the task.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(TaskIdCompleter))]
    [TaskIdentityArgument]
    [ValidateNotNullOrEmpty]
    public TaskIdentity[]? Id { get; set; }

    /// <inheritdoc/>
    private protected override void Begin() => Client.Tasks.ThrowIfNone(null);

    /// <inheritdoc/>
    private protected override void Process()
    {
        foreach (TaskIdentity identity in Id!)
        {
            Remove(identity);
        }
    }

    private void Remove(TaskIdentity identity)
    {
        MailTask? task = identity.Task;
        if (!IsFirst($"task '{identity}'") || !PassesDryRun(
            async (dry, token) =>
            {
                task = await FindAsync(dry, identity, token).ConfigureAwait(false);
                await dry.Tasks.RemoveAsync(identity.Id, token).ConfigureAwait(false);
            },
            identity.Id))
        {
            return;
        }
        if (ShouldAct($"task '{identity}'{(task is null ? "" : $" ({task.Summary}, {task.State})")}", DescribeAction(task)))
        {
            Start(identity.Id, token => Client.Tasks.RemoveAsync(identity.Id, token));
        }
    }

    // Null where the account may not read it.
    private static async Task<MailTask?> FindAsync(MailClient client, TaskIdentity identity, CancellationToken cancellationToken)
    {
        try
        {
            return await client.Tasks.GetAsync(identity.Id, cancellationToken).ConfigureAwait(false);
        }
        catch (MailServerException e) when (e.Code == MailErrorCode.Forbidden)
        {
            return identity.Task;
        }
    }

    private static string DescribeAction(MailTask? task) =>
        task?.Kind == TaskKind.DestroyAccount ? "Remove, which brings the deleted account back (with a licence; without one the server refuses)"
        : task is null || task.State == TaskState.Failed ? "Remove"
        : "Remove, so that it is not done";
}
