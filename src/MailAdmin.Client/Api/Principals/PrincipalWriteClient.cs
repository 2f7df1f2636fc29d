using System.Net;
using System.Text.Json;
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
                    Action = $"Changing '{key}'",
                    IsExpanded = isExpanded,
                };
                await channel.SendAsync(context, channel.Uri.For(Operations.PatchPrincipal, key), cancellationToken, body).ConfigureAwait(false);
                return;
            }
            catch (MailServerException e) when (e.Status == HttpStatusCode.InternalServerError)
            {
                if (!idempotent || repeats == MaxConflictRetries)
                {
                    await ResolveFailureAsync(e, key, changes, isExpanded, cancellationToken).ConfigureAwait(false);
                    return;
                }
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
                await channel.SendAsync(new ApiRequestContext(Operations.DeletePrincipal) { IsExpanded = isExpanded, Action = $"Deleting '{key}'" }, channel.Uri.For(Operations.DeletePrincipal, key), cancellationToken).ConfigureAwait(false);
                return;
            }
            // The first answer was lost, and now it is gone: that was it.
            catch (MailServerException e) when (lost is not null && e.Code == MailErrorCode.NotFound)
            {
                return;
            }
            catch (MailServerException e) when (OutcomeRules.IsOutcomeUnknown(e) && OutcomeRules.FindServerFailure(e) is { } failure)
            {
                if (await ExistsAsync(key, isExpanded, e, cancellationToken).ConfigureAwait(false))
                {
                    throw failure;
                }
                return;
            }
            catch (MailServerException e) when (OutcomeRules.IsOutcomeUnknown(e) && e.Location is null)
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

    // A 500 means that nothing was applied, where a race was lost; but another failure may have come after the change.
    private async Task ResolveFailureAsync(MailServerException failure, string key, IReadOnlyList<PrincipalChange> changes, bool isExpanded, CancellationToken cancellationToken)
    {
        bool? isApplied;
        try
        {
            isApplied = await IsAppliedAsync(key, changes, isExpanded, cancellationToken).ConfigureAwait(false);
        }
        catch (MailServerException)
        {
            isApplied = null;
        }
        if (isApplied != true)
        {
            throw isApplied is null ? failure : CreateConflict(failure.InnerException as MailServerException ?? failure, key, changes.All(change => change.IsIdempotent));
        }
    }

    private async Task<bool?> IsAppliedAsync(string key, IReadOnlyList<PrincipalChange> changes, bool isExpanded, CancellationToken cancellationToken)
    {
        try
        {
            return PatchLook.IsApplied(await GetAsync(key, isExpanded, cancellationToken).ConfigureAwait(false), changes);
        }
        catch (MailServerException e) when (e.Code == MailErrorCode.NotFound && changes.LastOrDefault(change => change.Field == PrincipalField.Name)?.Text is { } newName)
        {
            await GetAsync(newName.ToLowerInvariant(), isExpanded, cancellationToken).ConfigureAwait(false);
            return true;
        }
    }

    private async Task<bool> ExistsAsync(string key, bool isExpanded, MailServerException unknown, CancellationToken cancellationToken)
    {
        try
        {
            await GetAsync(key, isExpanded, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (MailServerException e)
        {
            return e.Code == MailErrorCode.NotFound ? false : throw unknown;
        }
    }

    private Task<JsonElement> GetAsync(string key, bool isExpanded, CancellationToken cancellationToken) => channel.ReadAsync(
        new ApiRequestContext(Operations.GetPrincipal) { IsExpanded = isExpanded },
        channel.Uri.For(Operations.GetPrincipal, key),
        static (ref Utf8JsonReader reader) => JsonElement.ParseValue(ref reader),
        cancellationToken);

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
