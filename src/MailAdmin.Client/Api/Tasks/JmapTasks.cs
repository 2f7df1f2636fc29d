using System.Runtime.CompilerServices;
using System.Text.Json;
using MailAdmin.Client.Api.Principals;
using MailAdmin.Client.Calls;
using MailAdmin.Client.Jmap;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Tasks;

/// <summary>The tasks of a server from 0.16 on (docs/api-0.16.md §8.11).</summary>
internal sealed class JmapTasks(JmapChannel channel) : ITasks
{
    private const string Type = "x:Task";

    private const int MaxPageSize = 500;

    // What a task of the whole server does by making many others.
    private static readonly (string Whole, TaskKind Kind, string Part)[] s_parts =
    [
        (JmapMaintenanceWords.PurgeAccounts, TaskKind.AccountMaintenance, JmapMaintenanceWords.Purge),
        (JmapMaintenanceWords.ReindexAccounts, TaskKind.AccountMaintenance, JmapMaintenanceWords.Reindex),
        (JmapMaintenanceWords.PurgeBlobs, TaskKind.StoreMaintenance, JmapMaintenanceWords.PurgeBlobs),
    ];

    public void ThrowIfNone(string? parameter)
    {
        // There are.
    }

    public async IAsyncEnumerable<MailTask> ListAsync(TaskQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (MailTask[] page in ListPagesAsync(query, cancellationToken).ConfigureAwait(false))
        {
            foreach (MailTask task in await NameAsync(page, cancellationToken).ConfigureAwait(false))
            {
                yield return task;
            }
        }
    }

    /// <summary>The same with the ids of accounts and domains.</summary>
    public async IAsyncEnumerable<MailTask> ListUnnamedAsync(TaskQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (MailTask[] page in ListPagesAsync(query, cancellationToken).ConfigureAwait(false))
        {
            foreach (MailTask task in page)
            {
                yield return task;
            }
        }
    }

    private async IAsyncEnumerable<MailTask[]> ListPagesAsync(TaskQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        int pageSize = Math.Min(MaxPageSize, channel.Session.Limits.MaxObjectsInGet);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        string? anchor = null;
        QueryCall page;
        string[] added;
        do
        {
            page = await QueryAsync(query, pageSize, anchor, cancellationToken).ConfigureAwait(false);
            anchor = page.Result.Ids is [.., var last] ? last : null;
            // A page begins with the anchor; where that is done by now, with what was read already.
            added = [.. page.Result.Ids.Where(seen.Add)];
            GetAnswer<MailTask> answer = await channel.GetAsync(Type, added, JmapTaskReader.Read, cancellationToken).ConfigureAwait(false);
            var byId = answer.Items.ToDictionary(task => task.Id, StringComparer.Ordinal);
            // What is missing was done since.
            yield return [.. added.Select(id => byId.GetValueOrDefault(id)).OfType<MailTask>().Where(task => Matches(query, task))];
        }
        while (await channel.IsLastPageAsync(page, cancellationToken).ConfigureAwait(false) != true && (added.Length > 0 || (page.Anchor is null && page.Result.Ids.Count >= pageSize)));
    }

    // Without its anchor, which is done by now, a list begins anew.
    private async Task<QueryCall> QueryAsync(TaskQuery query, int pageSize, string? anchor, CancellationToken cancellationToken)
    {
        var call = new QueryCall(Type) { Filter = CreateFilter(query), SortProperty = "due", Limit = pageSize, Anchor = anchor };
        await channel.SendAsync([call], cancellationToken).ConfigureAwait(false);
        try
        {
            _ = call.Result;
            return call;
        }
        catch (MailServerException e) when (e.Code == MailErrorCode.NotFound && anchor is not null)
        {
            return await QueryAsync(query, pageSize, null, cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task<IReadOnlyList<MailTask>> FindAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        await NameAsync((await channel.GetAsync(Type, ids, JmapTaskReader.Read, cancellationToken).ConfigureAwait(false)).Items, cancellationToken).ConfigureAwait(false);

    public async Task<IReadOnlyList<MailTask>> FindPartsAsync(MailTask task, CancellationToken cancellationToken)
    {
        if (Array.Find(s_parts, part => task.Kind == TaskKind.StoreMaintenance && string.Equals(part.Whole, task.Maintenance, StringComparison.OrdinalIgnoreCase)) is not { Whole: not null } made)
        {
            return [];
        }
        var found = new List<MailTask>();
        await foreach (MailTask other in ListAsync(new TaskQuery { Kinds = [made.Kind] }, cancellationToken).ConfigureAwait(false))
        {
            // Ids of tasks are times: those that were there before are others' work.
            if (string.Equals(other.Maintenance, made.Part, StringComparison.OrdinalIgnoreCase) && JmapId.Compare(other.Id, task.Id) > 0)
            {
                found.Add(other);
            }
        }
        return found;
    }

    public async Task RemoveAsync(string id, CancellationToken cancellationToken)
    {
        IReadOnlyList<SetOutcome> outcomes = await new JmapWrites(channel).ApplyAsync(new SetOrder(Type, [SetChange.Destroy(id)]), cancellationToken).ConfigureAwait(false);
        switch (outcomes[0].Error)
        {
            case null:
                return;
            case { Code: MailErrorCode.NotFound } error:
                throw TaskErrors.CreateNotFound(id, error);
            case var error:
                throw OutcomeRules.NameAction(error, $"Removing the task '{id}'");
        }
    }

    /// <summary>Has the server begin with something in the background.</summary>
    /// <param name="kind">The kind of the task.</param>
    /// <param name="maintenance">What is to be done, in the server's word.</param>
    /// <param name="account">The account that it is done to; null where it is the server.</param>
    /// <param name="description">What is begun, such as <c>Purging 'jane@example.org'</c>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MailServerException"><c>OutcomeUnknown</c> when the answer was lost: a task that is done leaves nothing that could be looked for.</exception>
    public async Task<MailTask> StartAsync(TaskKind kind, string maintenance, MailPrincipal? account, string description, CancellationToken cancellationToken)
    {
        var creation = SetChange.Create("0", writer =>
        {
            writer.WriteString("@type", kind.Name);
            writer.WriteString("maintenanceType", maintenance);
            if (account is not null)
            {
                writer.WriteString("accountId", JmapId.FromNumber(account.Id));
            }
        });
        SetOutcome outcome = await new JmapWrites(channel).ApplyOneAsync(new SetOrder(Type, [creation]), description, cancellationToken).ConfigureAwait(false);
        return new MailTask
        {
            Id = outcome.ObjectId ?? throw new MailServerException(MailErrorCode.UnexpectedResponse, Operations.CallJmap, "The server does not say which task it has begun with.") { MayHaveBeenExecuted = true },
            Kind = kind,
            Maintenance = OpenWords<TaskKind>.Capitalize(maintenance),
            Account = account?.Name,
        };
    }

    // The server's own filter of states lets everything through but for Failed: what comes is compared again.
    private static Action<Utf8JsonWriter>? CreateFilter(TaskQuery query)
    {
        string? kind = query.Kinds is [var one] ? one.Name : null;
        bool onlyFailed = query.States.Count > 0 && query.States.All(state => state == TaskState.Failed);
        return kind is null && !onlyFailed ? null : writer =>
        {
            if (kind is not null)
            {
                writer.WriteString("@type", kind);
            }
            if (onlyFailed)
            {
                writer.WriteString("status", TaskState.Failed.Name);
            }
        };
    }

    private static bool Matches(TaskQuery query, MailTask task) =>
        (query.Kinds.Count == 0 || query.Kinds.Any(kind => kind.Name == task.Kind)) && (query.States.Count == 0 || query.States.Any(state => state.Name == task.State));

    private async Task<IReadOnlyList<MailTask>> NameAsync(IReadOnlyList<MailTask> tasks, CancellationToken cancellationToken)
    {
        JmapNames accounts = await JmapNames.FindAsync(channel, DirectoryType.Account, tasks.Select(task => task.Account), cancellationToken).ConfigureAwait(false);
        JmapNames domains = await JmapNames.FindAsync(channel, DirectoryType.Domain, tasks.Select(task => task.Domain), cancellationToken).ConfigureAwait(false);
        foreach (MailTask task in tasks)
        {
            var unknown = new List<UnknownPart>();
            task.Account = accounts.Find(task.Account, nameof(MailTask.Account), unknown);
            task.Domain = domains.Find(task.Domain, nameof(MailTask.Domain), unknown);
            task.Unknown = unknown;
        }
        return tasks;
    }
}
