// The spam filter: what it learns from, and what it makes of a message.
using MailAdmin.Client.Api.Spam;
using MailAdmin.Client.Http;
using MailAdmin.Client.Values;

namespace MailAdmin.Client;

/// <summary>The spam filter (docs/api.md §6.10; §9 for 0.15, which stores samples and learns from them later; docs/api-0.16.md §8.8).</summary>
public sealed class SpamResource
{
    private readonly ISpamFilter _filter;

    internal SpamResource(ISpamFilter filter) => _filter = filter;

    /// <summary>The largest message that the server learns from, in bytes: it takes a larger one for an empty one.</summary>
    public const int MaxMessageSize = BodySize.MaxBytes;

    /// <summary>Whether the server stores samples and learns later (from 0.15 on) rather than at once; null while that is unknown.</summary>
    public bool? StoresSamples => _filter.StoresSamples;

    /// <summary>Whether the server learns from a message only where that has a subject or a sender (from 0.16 on).</summary>
    public bool NeedsSubjectOrFrom => _filter.NeedsSubjectOrFrom;

    /// <summary>
    /// Has the filter learn from a message (POST /spam-filter/train/spam, /spam-filter/train/ham; from 0.15 on POST /spam-filter/upload/spam,
    /// /spam-filter/upload/ham, which stores it; an account follows in the path; from 0.16 on POST /jmap/upload/{account}/ and POST /jmap: x:SpamTrainingSample/set).
    /// </summary>
    /// <param name="message">The message as it is, byte for byte.</param>
    /// <param name="spamClass">What it is an example of.</param>
    /// <param name="account">Whose filter learns; null = everybody's.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns><c>Learned</c>, or <c>Stored</c> from 0.15 on.</returns>
    /// <exception cref="ArgumentException">The message or the account's name is empty.</exception>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>spam-filter-train</c> (from 0.16 on <c>jmapBlobUpload</c> and <c>sysSpamTrainingSampleCreate</c>); <c>RejectedByClient</c> for a message
    /// beyond <see cref="MaxMessageSize"/>; <c>NotFound</c> for an unknown account; <c>RejectedByServer</c> (from 0.16 on <c>InvalidRequest</c>) when the server sees no message in it;
    /// <c>OutcomeUnknown</c> when the answer was lost.</exception>
    public async Task<SpamTrainingStatus> TrainAsync(byte[] message, SpamClass spamClass, string? account, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message.Length == 0)
        {
            throw new ArgumentException("The message is empty.", nameof(message));
        }
        if (account is not null && string.IsNullOrWhiteSpace(account))
        {
            throw new ArgumentException("The account's name is empty.", nameof(account));
        }
        return await _filter.TrainAsync(message, spamClass, account?.Trim().ToLowerInvariant(), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Has the server learn from the samples it stores, in the background (GET /spam-filter/train/start, from 0.15 on; from 0.16 on POST /jmap: x:Task/set).</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Whether it was begun, and from 0.16 on the task.</returns>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>spam-filter-train</c> (from 0.16 on <c>sysTaskCreate</c> and <c>taskSpamFilterMaintenance</c>); <c>Unsupported</c> before 0.15, where
    /// there is nothing to start; <c>OutcomeUnknown</c> when the answer was lost.</exception>
    public Task<SpamTrainingStart> StartTrainingAsync(CancellationToken cancellationToken) => _filter.StartTrainingAsync(cancellationToken);

    /// <summary>What the filter does with a message (POST /spam-filter/classify; from 0.16 on POST /jmap: x:Action/set). The server asks the DNS, so it may take some seconds.</summary>
    /// <param name="query">The message and its envelope.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Score, action and tags.</returns>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>spam-filter-train</c> (from 0.15 <c>spam-filter-test</c>, from 0.16 <c>sysActionCreate</c> and <c>actionClassifySpam</c>);
    /// <c>RejectedByClient</c> when the message is too large; <c>RejectedByServer</c> (from 0.16 on <c>InvalidRequest</c>) when the server cannot read it; <c>Unsupported</c> from 0.16 on for a bounce, and without the name of the sending host.</exception>
    public async Task<MailSpamResult> ClassifyAsync(SpamQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(query.RemoteIp, nameof(query));
        ArgumentNullException.ThrowIfNull(query.From, nameof(query));
        if (query.To.Any(recipient => recipient is null))
        {
            throw new ArgumentException("A recipient is null.", nameof(query));
        }
        _filter.Check(query);
        MailSpamResult result = await _filter.ClassifyAsync(query, cancellationToken).ConfigureAwait(false);
        (result.RemoteIp, result.From, result.To) = (WireAddress.Format(query.RemoteIp), query.From, new(query.To));
        (result.Path, result.Number) = (query.Path, query.Number);
        return result;
    }
}
