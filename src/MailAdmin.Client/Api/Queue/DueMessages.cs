namespace MailAdmin.Client.Api.Queue;

/// <summary>
/// Which messages are due, so that a worker of the server may hold a copy and write it back over a change (docs/api.md §6.3, trap 65). One list
/// serves all that is changed within a few seconds.
/// </summary>
internal sealed class DueMessages(QueueResource queue, TimeProvider time)
{
    /// <summary>How far ahead counts as due: clocks differ a little, and the server takes times in the future only.</summary>
    public static readonly TimeSpan Margin = TimeSpan.FromSeconds(5);
    private readonly Lock _gate = new();
    private Task<IReadOnlySet<ulong>?>? _listing;
    private DateTimeOffset _validUntil;

    /// <summary>Whether a message is due; also true where the account may not list the queue, so that nobody knows.</summary>
    public async Task<bool> MayContainAsync(ulong id, CancellationToken cancellationToken) =>
        await GetAsync(cancellationToken).ConfigureAwait(false) is not { } ids || ids.Contains(id);

    private Task<IReadOnlySet<ulong>?> GetAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            DateTimeOffset now = time.GetUtcNow();
            if (_listing is null || _listing.IsFaulted || _listing.IsCanceled || now > _validUntil)
            {
                _validUntil = now + Margin;
                _listing = ListAsync(now + Margin + Margin, cancellationToken);
            }
            return _listing;
        }
    }

    private async Task<IReadOnlySet<ulong>?> ListAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        try
        {
            return (await queue.ListDueIdsAsync(before, cancellationToken).ConfigureAwait(false)).ToHashSet();
        }
        catch (MailServerException e) when (e.Code == MailErrorCode.Forbidden)
        {
            return null;
        }
    }
}
