using System.Net;
using MailAdmin.Client.Http;

namespace MailAdmin.Client.Jmap;

/// <summary>Puts the reading calls of several callers into one request.</summary>
/// <param name="sendAsync">Sends calls, in as few requests as they fit in.</param>
/// <param name="limits">What one request may hold.</param>
internal sealed class GatheredReads(Func<IReadOnlyList<JmapCall>, CancellationToken, Task> sendAsync, JmapLimits limits)
    : Gathering<IReadOnlyList<JmapCall>, bool>
{
    private readonly int _maxInProgress = Math.Min(limits.MaxConcurrentRequests, AccountLimits.MaxJmapConcurrency);

    /// <summary>Sends calls. Afterwards each has its result, or the error of its method.</summary>
    public Task SendAsync(IReadOnlyList<JmapCall> calls, CancellationToken cancellationToken) => AddAsync(calls, cancellationToken);

    protected override bool MayStart(int inProgress, IReadOnlyList<GatheredWork<IReadOnlyList<JmapCall>, bool>> waiting) => inProgress < _maxInProgress;

    protected override IReadOnlyList<GatheredWork<IReadOnlyList<JmapCall>, bool>> Choose(IReadOnlyList<GatheredWork<IReadOnlyList<JmapCall>, bool>> waiting)
    {
        int fitting = 1;
        int calls = waiting[0].Work.Count;
        for (; fitting < waiting.Count && calls + waiting[fitting].Work.Count <= limits.MaxCalls; fitting++)
        {
            calls += waiting[fitting].Work.Count;
        }
        return [.. waiting.Take(fitting)];
    }

    protected override async Task<IReadOnlyList<bool>> SendAsync(IReadOnlyList<IReadOnlyList<JmapCall>> works, CancellationToken cancellationToken)
    {
        await sendAsync([.. works.SelectMany(calls => calls)], cancellationToken).ConfigureAwait(false);
        return [.. works.Select(_ => true)];
    }

    // One argument of a wrong kind makes the server refuse all calls of the request.
    protected override bool MayBeOfOne(MailServerException error) => base.MayBeOfOne(error) || error.Status == HttpStatusCode.BadRequest;
}
