using System.Runtime.CompilerServices;
using System.Text.Json;
using MailAdmin.Client.Calls;
using MailAdmin.Client.Jmap;

namespace MailAdmin.Client.Api.Queue;

/// <summary>
/// The queue of a server from 0.16 on: <c>x:QueuedMessage</c> (docs/api-0.16.md §8.5). The server looks for a part of an address letter by letter, capitals
/// apart from small ones, and ignores a sender beside a text: so it only narrows the list down where that leaves nothing out, and all is compared here.
/// </summary>
internal sealed class JmapQueue(JmapChannel channel, TimeProvider time) : IQueue
{
    public const string Type = "x:QueuedMessage";
    private const string Recipients = "recipients";

    public bool TakesPastDueTimes => true;

    public bool ShortensExpiry => false;

    public bool DropsExpiry => false;

    public async IAsyncEnumerable<MailQueueMessage> ListAsync(QueueQuery query, Action<long>? onTotal, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var match = new QueueMatch(query);
        IReadOnlyList<ulong> ids = match.IsEmpty ? [] : await ListNarrowedAsync(match, cancellationToken).ConfigureAwait(false);
        var listing = new JmapListing<MailQueueMessage>(channel, Type, JmapQueueReader.Read)
        {
            Match = match.IsEverything ? null : match.IsMatch,
            Skip = query.Skip,
            First = query.First,
            OnTotal = onTotal,
        };
        await foreach (MailQueueMessage message in listing.RunAsync([.. ids.Order().Select(JmapId.FromNumber)], cancellationToken).ConfigureAwait(false))
        {
            yield return message;
        }
    }

    public async Task<IReadOnlyList<ulong>> ListIdsAsync(QueueFilter filter, CancellationToken cancellationToken)
    {
        var match = new QueueMatch(new QueueQuery { Filter = filter });
        if (match.IsEverything)
        {
            return [.. (await ListNarrowedAsync(match, cancellationToken).ConfigureAwait(false)).Order()];
        }
        var ids = new List<ulong>();
        await foreach (MailQueueMessage message in ListAsync(new QueueQuery { Filter = filter }, null, cancellationToken).ConfigureAwait(false))
        {
            ids.Add(message.Id);
        }
        return ids;
    }

    public Task<IReadOnlyList<ulong>> ListDueIdsAsync(DateTimeOffset before, CancellationToken cancellationToken) => ListNarrowedAsync(new QueueMatch(new QueueQuery { DueBefore = before }), cancellationToken);

    public async Task<long> CountDueAsync(QueueFilter filter, DateTimeOffset before, CancellationToken cancellationToken)
    {
        if (filter.IsEverything)
        {
            return (await ListDueIdsAsync(before, cancellationToken).ConfigureAwait(false)).Count;
        }
        long count = 0;
        await foreach (MailQueueMessage _ in ListAsync(new QueueQuery { Filter = filter, DueBefore = before }, null, cancellationToken).ConfigureAwait(false))
        {
            count++;
        }
        return count;
    }

    public IAsyncEnumerable<MailQueueMessage> ReadAsync(IReadOnlyList<ulong> ids, CancellationToken cancellationToken) =>
        new JmapListing<MailQueueMessage>(channel, Type, JmapQueueReader.Read).RunAsync([.. ids.Order().Select(JmapId.FromNumber)], cancellationToken);

    public async Task<IReadOnlyList<ulong>> FindQueuedAsync(IReadOnlyList<ulong> ids, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> missing = await channel.FindMissingAsync(Type, [.. ids.Select(JmapId.FromNumber)], cancellationToken).ConfigureAwait(false);
        return [.. ids.Except(missing.Select(JmapId.ToLargeNumber))];
    }

    public Task<IReadOnlyList<ulong>> FindRemainingAsync(QueueFilter filter, IReadOnlyList<ulong> matched, CancellationToken cancellationToken) => FindQueuedAsync(matched, cancellationToken);

    public async Task<MailQueueMessage> GetAsync(ulong id, CancellationToken cancellationToken) =>
        await FindAsync(id, cancellationToken).ConfigureAwait(false) ?? throw CreateNotFound(id);

    public void CheckReschedule(MailQueueMessage message, DateTimeOffset? at, string? domain)
    {
        // The recipients are named one by one: no others can be hit.
        QueueChecks.CheckDomain(message, domain);
        QueueChecks.CheckExpiry(message, at, domain, DropsExpiry);
    }

    public void CheckCancellation(MailQueueMessage message, string recipient) => QueueChecks.CheckRecipient(message, recipient.Trim());

    public async Task<bool> RescheduleAsync(ulong id, DateTimeOffset? at, string? domain, MailQueueMessage? before, CancellationToken cancellationToken)
    {
        string due = FormatDue(at);
        Action<Utf8JsonWriter> write = writer => writer.WriteString("nextRetry", due);
        if (domain is not null)
        {
            List<MailQueueRecipient> meant = QueueChecks.GetPending(before ?? await GetAsync(id, cancellationToken).ConfigureAwait(false), domain);
            if (meant.Count == 0)
            {
                return false;
            }
            write = writer => meant.ForEach(recipient => writer.WriteString(JmapPath.Combine(Recipients, recipient.Address, "retryDue"), due));
        }
        SetOutcome outcome = await ApplyOneAsync(
            SetChange.Update(JmapId.FromNumber(id), write),
            message => IsRescheduled(message, before, at, domain),
            cancellationToken).ConfigureAwait(false);
        ThrowIfFailed(outcome, id, "Rescheduling");
        return true;
    }

    public async Task<bool> RescheduleAsync(QueueFilter filter, DateTimeOffset? at, IReadOnlyList<ulong>? matched, CancellationToken cancellationToken)
    {
        matched ??= await ListIdsAsync(filter, cancellationToken).ConfigureAwait(false);
        string due = FormatDue(at);
        SetChange[] changes = [.. matched.Select(id => SetChange.Update(JmapId.FromNumber(id), writer => writer.WriteString("nextRetry", due)))];
        IReadOnlyList<SetOutcome> outcomes = await ApplyAsync(changes, message => IsRescheduled(message, null, at, null), cancellationToken).ConfigureAwait(false);
        ThrowIfFailed(outcomes, $"Rescheduling {filter}");
        return outcomes.Count > 0;
    }

    public async Task<bool> CancelAsync(ulong id, string? recipient, CancellationToken cancellationToken)
    {
        if (recipient is null)
        {
            ThrowIfFailed(await ApplyOneAsync(SetChange.Destroy(JmapId.FromNumber(id)), null, cancellationToken).ConfigureAwait(false), id, "Cancelling");
            return true;
        }
        MailQueueMessage message = await GetAsync(id, cancellationToken).ConfigureAwait(false);
        CheckCancellation(message, recipient);
        // One that has its mail already would be marked as failed.
        List<MailQueueRecipient> meant = QueueChecks.GetPendingRecipients(message, recipient);
        if (meant.Count == 0)
        {
            return false;
        }
        SetOutcome outcome = await ApplyOneAsync(
            SetChange.Update(JmapId.FromNumber(id), writer => meant.ForEach(each => writer.WriteNull(JmapPath.Combine(Recipients, each.Address)))),
            now => now is null || !QueueChecks.IsPending(now, recipient),
            cancellationToken).ConfigureAwait(false);
        ThrowIfFailed(outcome, id, "Cancelling");
        return true;
    }

    public async Task<IReadOnlyList<ulong>> CancelAsync(QueueFilter filter, IReadOnlyList<ulong> matched, CancellationToken cancellationToken)
    {
        IReadOnlyList<SetOutcome> outcomes = await ApplyAsync([.. matched.Select(id => SetChange.Destroy(JmapId.FromNumber(id)))], null, cancellationToken).ConfigureAwait(false);
        ThrowIfFailed(outcomes, $"Cancelling {filter}");
        return [.. outcomes.Where(IsGone).Select(outcome => JmapId.ToLargeNumber(outcome.Change.Key))];
    }

    // It is not told whether deliveries are suspended.
    public Task<bool> MayBeDeliveringAsync(CancellationToken cancellationToken) => Task.FromResult(true);

    private static bool IsGone(SetOutcome outcome) => outcome.Error is { Code: MailErrorCode.NotFound };

    // What was due a moment ago is due now to a server whose clock is a little behind.
    private string FormatDue(DateTimeOffset? at) => WireTime.Ceiling(at) ?? WireTime.Floor(time.GetUtcNow())!;

    private async Task<IReadOnlyList<ulong>> ListNarrowedAsync(QueueMatch match, CancellationToken cancellationToken) =>
        [.. (await new JmapQueueIds(channel).ListAsync(match.Narrow, cancellationToken).ConfigureAwait(false)).Select(JmapId.ToLargeNumber)];

    private async Task<MailQueueMessage?> FindAsync(ulong id, CancellationToken cancellationToken)
    {
        GetAnswer<MailQueueMessage> answer = await channel.GetAsync(Type, [JmapId.FromNumber(id)], JmapQueueReader.Read, cancellationToken).ConfigureAwait(false);
        return answer.Items is [var message] ? message : null;
    }

    // A message that is gone was tried, where it was to be tried at once.
    private bool IsRescheduled(MailQueueMessage? now, MailQueueMessage? before, DateTimeOffset? at, string? domain)
    {
        DateTimeOffset clock = time.GetUtcNow();
        var look = RescheduledMessage.Create(before, domain, clock);
        look.Judge(now, at, domain, clock);
        return look.Outcome == RescheduleOutcome.Moved;
    }

    private async Task<SetOutcome> ApplyOneAsync(SetChange change, Func<MailQueueMessage?, bool>? isDone, CancellationToken cancellationToken) =>
        (await ApplyAsync([change], isDone, cancellationToken).ConfigureAwait(false))[0];

    private Task<IReadOnlyList<SetOutcome>> ApplyAsync(IReadOnlyList<SetChange> changes, Func<MailQueueMessage?, bool>? isDone, CancellationToken cancellationToken) =>
        new JmapWrites(channel).ApplyAsync(
            new SetOrder(Type, changes) { FindDoneAsync = isDone is null ? null : (unknown, look) => FindDoneAsync(unknown, isDone, look) },
            cancellationToken);

    private async Task<IReadOnlyDictionary<SetChange, string>> FindDoneAsync(IReadOnlyList<SetChange> changes, Func<MailQueueMessage?, bool> isDone, CancellationToken cancellationToken)
    {
        GetAnswer<MailQueueMessage> answer = await channel.GetAsync(Type, [.. changes.Select(change => change.Key)], JmapQueueReader.Read, cancellationToken).ConfigureAwait(false);
        var found = answer.Items.ToDictionary(message => JmapId.FromNumber(message.Id), StringComparer.Ordinal);
        return changes.Where(change => isDone(found.GetValueOrDefault(change.Key))).ToDictionary(change => change, change => change.Key);
    }

    private static void ThrowIfFailed(SetOutcome outcome, ulong id, string action)
    {
        if (outcome.Error is { } error)
        {
            throw IsGone(outcome) ? CreateNotFound(id, error) : OutcomeRules.NameAction(error, $"{action} message {id}");
        }
    }

    // What single messages are refused for shows in the look that follows.
    private static void ThrowIfFailed(IReadOnlyList<SetOutcome> outcomes, string action)
    {
        MailServerException[] errors = [.. outcomes.Where(outcome => !outcome.IsDone && !IsGone(outcome)).Select(outcome => outcome.Error!)];
        if (Array.Find(errors, OutcomeRules.IsOutcomeUnknown) is { } unknown)
        {
            throw OutcomeRules.OutcomeUnknown(unknown, action);
        }
        if (errors.Length > 0 && !outcomes.Any(outcome => outcome.IsDone))
        {
            throw errors[0];
        }
    }

    private static MailServerException CreateNotFound(ulong id, MailServerException? error = null) =>
        new(MailErrorCode.NotFound, Operations.CallJmap, $"Message {id} is not in the queue.", error) { Item = QueueListing.FormatId(id), ServerCode = error?.ServerCode, Method = error?.Method };
}
