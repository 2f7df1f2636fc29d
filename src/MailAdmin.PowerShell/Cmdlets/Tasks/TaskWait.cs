using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Tasks;

/// <summary>Waits for the tasks that one command has begun, and shows what is left of them.</summary>
internal sealed class TaskWait(EngineCmdlet cmdlet, PipelinePump pump, Func<TaskResource> tasks)
{
    private const string Activity = "Waiting for tasks of the server";
    private readonly Dictionary<string, int> _left = new(StringComparer.Ordinal);
    private bool _isShown;

    /// <summary>The task, once it is done. From any thread.</summary>
    /// <exception cref="MailServerException">It failed.</exception>
    public Task<MailTask> RunAsync(MailTask task, CancellationToken cancellationToken) => RunAsync(task.Id, onProgress => tasks().WaitAsync(task, onProgress, cancellationToken));

    /// <summary>What waits for tasks by itself. From any thread.</summary>
    /// <param name="id">Tells it from others.</param>
    /// <param name="wait">Waits, and says what is left.</param>
    public async Task<T> RunAsync<T>(string id, Func<Action<int, MailTask>, Task<T>> wait)
    {
        try
        {
            return await wait((count, next) => pump.Post(() => Show(id, count, next))).ConfigureAwait(false);
        }
        finally
        {
            pump.Post(() => Remove(id));
        }
    }

    private void Show(string id, int count, MailTask next)
    {
        _left[id] = count;
        int all = _left.Values.Sum();
        string text = $"{all} left{(next.State == TaskState.Retry ? $"; {next.Summary} is tried again: {next.FailureReason}" : "")}";
        cmdlet.WriteProgress(new ProgressRecord(ProgressActivity.WaitingForTasks, Activity, DisplayText.Clean(text)));
        _isShown = true;
    }

    private void Remove(string id)
    {
        _left.Remove(id);
        if (_isShown && _left.Count == 0)
        {
            _isShown = false;
            cmdlet.WriteProgress(new ProgressRecord(ProgressActivity.WaitingForTasks, Activity, "Done") { RecordType = ProgressRecordType.Completed });
        }
    }
}
