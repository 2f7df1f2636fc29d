// Work that servers from 0.16 on do in the background.
using MailAdmin.Client.Api.Tasks;

namespace MailAdmin.Client;

/// <summary>The tasks of the server: work in the background (x:Task; from 0.16 on). What is done is gone; what waits and what failed is there.</summary>
public sealed class TaskResource
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(5);

    private readonly ITasks _tasks;
    private readonly TimeProvider _time;

    internal TaskResource(ITasks tasks, TimeProvider time) => (_tasks, _time) = (tasks, time);

    /// <summary>Refuses what is of use only where there are tasks. Nothing is sent.</summary>
    /// <param name="parameter">The parameter, such as <c>Wait</c>; null for the whole command.</param>
    /// <exception cref="MailServerException"><c>Unsupported</c> before 0.16.</exception>
    public void ThrowIfNone(string? parameter) => _tasks.ThrowIfNone(parameter);

    /// <summary>The tasks that wait or failed (POST /jmap: x:Task/query, x:Task/get), those first that are due first, and at the end those that failed.</summary>
    /// <param name="query">Which ones.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    /// <returns>The tasks, streamed.</returns>
    /// <exception cref="MailServerException"><c>Unsupported</c> before 0.16; <c>Forbidden</c> without the permissions <c>sysTaskQuery</c> and <c>sysTaskGet</c>.</exception>
    public IAsyncEnumerable<MailTask> ListAsync(TaskQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return _tasks.ListAsync(query, cancellationToken);
    }

    /// <summary>A task (POST /jmap: x:Task/get).</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The task as it is now.</returns>
    /// <exception cref="MailServerException"><c>NotFound</c> when it is done or removed; <c>Unsupported</c> before 0.16; <c>Forbidden</c> without the permission <c>sysTaskGet</c>.</exception>
    public async Task<MailTask> GetAsync(string id, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        return await _tasks.FindAsync([id.Trim()], cancellationToken).ConfigureAwait(false) is [var task] ? task : throw TaskErrors.CreateNotFound(id.Trim());
    }

    /// <summary>Removes a task (POST /jmap: x:Task/set): what waits is not done. What is at work goes on.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MailServerException"><c>NotFound</c> when it is done or removed; <c>Unsupported</c> before 0.16; <c>Forbidden</c> without the permission
    /// <c>sysTaskDestroy</c> and that for the kind, and for the removal of an account without a licence; <c>OutcomeUnknown</c> when the answer was lost and nobody could look.</exception>
    public Task RemoveAsync(string id, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        return _tasks.RemoveAsync(id.Trim(), cancellationToken);
    }

    /// <summary>
    /// Waits until a task is done (POST /jmap: x:Task/get, after pauses that grow to 5 seconds): it and those that it has made to do its work are gone then. There is no end
    /// to the waiting but the token's.
    /// </summary>
    /// <param name="task">The task.</param>
    /// <param name="onProgress">Receives what is left: tasks, and the one that is due next.</param>
    /// <param name="cancellationToken">Ends the waiting, not the task.</param>
    /// <returns>The task as done.</returns>
    /// <exception cref="MailServerException"><c>RejectedByServer</c> with the server's reason when it failed; <c>Forbidden</c> without the permission <c>sysTaskGet</c>.</exception>
    public async Task<MailTask> WaitAsync(MailTask task, Action<int, MailTask>? onProgress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(task);
        await WaitForAllAsync([task], onProgress, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<MailTask> parts = await _tasks.FindPartsAsync(task, cancellationToken).ConfigureAwait(false);
        await WaitForAllAsync(parts, onProgress, cancellationToken).ConfigureAwait(false);
        return task.ToDone();
    }

    private async Task WaitForAllAsync(IReadOnlyList<MailTask> tasks, Action<int, MailTask>? onProgress, CancellationToken cancellationToken)
    {
        IReadOnlyList<MailTask> failed = await WaitForEndAsync(tasks, onProgress, cancellationToken).ConfigureAwait(false);
        if (failed.Count > 0)
        {
            throw TaskErrors.CreateFailed(failed[0], failed.Count);
        }
    }

    /// <summary>Waits until tasks are done or failed, and returns those that failed.</summary>
    internal async Task<IReadOnlyList<MailTask>> WaitForEndAsync(IReadOnlyList<MailTask> tasks, Action<int, MailTask>? onProgress, CancellationToken cancellationToken)
    {
        var failed = new List<MailTask>();
        IReadOnlyList<MailTask> left = tasks;
        for (TimeSpan pause = s_firstPause; left.Count > 0; pause = pause * 2 < s_longestPause ? pause * 2 : s_longestPause)
        {
            await Task.Delay(pause, _time, cancellationToken).ConfigureAwait(false);
            ILookup<bool, MailTask> found = (await _tasks.FindAsync([.. left.Select(task => task.Id)], cancellationToken).ConfigureAwait(false)).ToLookup(task => task.State == TaskState.Failed);
            failed.AddRange(found[true]);
            left = [.. found[false].OrderBy(task => task.Due)];
            if (left.Count > 0)
            {
                onProgress?.Invoke(left.Count, left[0]);
            }
        }
        return failed;
    }
}
