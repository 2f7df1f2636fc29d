using System.Net;
using MailAdmin.Client.Calls;
using MailAdmin.Client.Http;

namespace MailAdmin.Client.Api.Principals;

/// <summary>Sends PATCH and DELETE of principals: one at a time for each principal, and again where that is safe (docs/api.md §6.1, traps 48 and 5).</summary>
internal sealed class PrincipalWriteClient(ApiChannel channel, TimeProvider time, KeyedLocks locks)
{
    private const int MaxConflictRetries = 5;
    private static readonly TimeSpan s_conflictDelay = TimeSpan.FromMilliseconds(50);

    /// <summary>The same over another channel, with the same locks.</summary>
    public PrincipalWriteClient With(ApiChannel other) => new(other, time, locks);

    /// <summary>Waits for the lock on this principal.</summary>
    public Task<IDisposable> AcquireAsync(string key, CancellationToken cancellationToken) => locks.AcquireAsync(key, cancellationToken);

    /// <summary>Sends the changes; the caller holds the lock.</summary>
    public async Task PatchAsync(string key, IReadOnlyList<PrincipalChange> changes, bool isExpanded, CancellationToken cancellationToken)
    {
        byte[] body = BodySize.Check(PrincipalWriter.WritePatch(changes), Operations.PatchPrincipal);
        bool idempotent = changes.All(change => change.IsIdempotent);
        string[] secrets = [.. changes.Where(change => change.Field == PrincipalField.Secrets).SelectMany(change => change.Items ?? [change.Text ?? ""])];
        for (int repeats = 0; ; repeats++)
        {
            try
            {
                var context = new ApiRequestContext(Operations.PatchPrincipal)
                {
                    // A rename is not found under its old name again; what is set, added or removed twice is as if it were once.
                    Idempotency = idempotent ? Idempotency.Idempotent : Idempotency.NotIdempotent,
                    Secrets = secrets,
                    IsExpanded = isExpanded,
                };
                await channel.SendAsync(context, channel.Uri.For(Operations.PatchPrincipal, key), cancellationToken, body).ConfigureAwait(false);
                return;
            }
            catch (MailServerException e) when (e.Status == HttpStatusCode.InternalServerError)
            {
                if (!idempotent || repeats == MaxConflictRetries)
                {
                    throw CreateConflict(e, key, idempotent);
                }
            }
            catch (MailServerException e) when (OutcomeRules.IsOutcomeUnknown(e))
            {
                throw OutcomeRules.OutcomeUnknown(e, $"Changing '{key}'");
            }
            await Task.Delay(Backoff.Exponential(s_conflictDelay, repeats), time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Deletes; the caller holds the lock.</summary>
    public async Task DeleteAsync(string key, bool isExpanded, CancellationToken cancellationToken)
    {
        MailServerException? lost = null;
        for (int attempt = 0; attempt <= Math.Max(1, channel.MaxRetries); attempt++)
        {
            try
            {
                await channel.SendAsync(new ApiRequestContext(Operations.DeletePrincipal) { IsExpanded = isExpanded }, channel.Uri.For(Operations.DeletePrincipal, key), cancellationToken).ConfigureAwait(false);
                return;
            }
            // The first answer was lost, and now it is gone: that was it.
            catch (MailServerException e) when (lost is not null && e.Code == MailErrorCode.NotFound)
            {
                return;
            }
            catch (MailServerException e) when (OutcomeRules.IsOutcomeUnknown(e))
            {
                lost = e;
            }
            catch (MailServerException) when (lost is not null)
            {
                break;
            }
            await Task.Delay(Backoff.Exponential(s_conflictDelay, attempt), time, cancellationToken).ConfigureAwait(false);
        }
        throw OutcomeRules.OutcomeUnknown(lost!, $"Deleting '{key}'");
    }

    private static MailServerException CreateConflict(MailServerException cause, string key, bool idempotent) => new(
        MailErrorCode.WriteConflict,
        cause.Operation,
        idempotent
            ? $"Changing '{key}' failed again and again, as when another writer changes it at the same time; nothing was applied. Try again later, and look at the server's log if it stays so."
            : $"Changing '{key}' failed, as when another writer changes it at the same time; nothing was applied. A rename is not repeated unasked: look at the name, then try again.",
        cause)
    {
        Status = cause.Status,
        Title = cause.Title,
        Details = cause.Details,
    };
}
