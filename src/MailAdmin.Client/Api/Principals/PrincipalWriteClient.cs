using System.Text.Json;
using MailAdmin.Client.Calls;
using MailAdmin.Client.Http;

namespace MailAdmin.Client.Api.Principals;

/// <summary>Sends PATCH and DELETE of principals, again where that is safe (docs/api.md §6.1, traps 48 and 5).</summary>
internal sealed class PrincipalWriteClient(ApiChannel channel, TimeProvider time)
{
    private const int MaxConflictRetries = 5;
    private static readonly TimeSpan s_conflictDelay = TimeSpan.FromMilliseconds(50);

    /// <summary>The same over another channel.</summary>
    public PrincipalWriteClient With(ApiChannel other) => new(other, time);

    /// <summary>Sends the changes. Where the answer is lost, the principal shows whether they are in force.</summary>
    public async Task PatchAsync(string key, IReadOnlyList<PrincipalChange> changes, bool isExpanded, CancellationToken cancellationToken)
    {
        byte[] body = BodySize.Check(PrincipalWriter.WritePatch(changes), Operations.PatchPrincipal);
        // A rename is not found under its old name again; what is set, added or removed twice is as if it were once.
        bool idempotent = changes.All(change => change.IsIdempotent);
        string[] secrets = [.. changes.Where(change => change.Field == PrincipalField.Secrets).SelectMany(change => change.Items ?? [change.Text ?? ""])];
        string action = $"Changing '{key}'";
        MailServerException? lost = null;
        for (int conflicts = 0, losses = 0; ;)
        {
            try
            {
                var context = new ApiRequestContext(Operations.PatchPrincipal) { Secrets = secrets, Action = action, IsExpanded = isExpanded };
                await channel.SendAsync(context, channel.Uri.For(Operations.PatchPrincipal, key), cancellationToken, body).ConfigureAwait(false);
                return;
            }
            catch (MailServerException e) when (OutcomeRules.IsOutcomeUnknown(e))
            {
                lost = e;
            }
            catch (MailServerException e) when (lost is not null)
            {
                throw OutcomeRules.OutcomeUnknown(lost, action, $"Sent again, it failed: {e.Message}");
            }
            // The server fails a change that loses a race, and has done nothing of it; another failure may have come after the change.
            bool isOwnFailure = OutcomeRules.FindServerFailure(lost) is not null;
            if (!isOwnFailure || !idempotent || conflicts == MaxConflictRetries)
            {
                PatchState? state = await LookAsync(key, changes, isExpanded, cancellationToken).ConfigureAwait(false);
                if (state?.IsApplied == true)
                {
                    return;
                }
                if (isOwnFailure)
                {
                    throw state?.IsUntouched == true ? CreateConflict((MailServerException)lost.InnerException!, key, idempotent) : OutcomeRules.OutcomeUnknown(lost, action, state?.ToString());
                }
                if (state is null || !idempotent || losses++ == MaxRepeats)
                {
                    throw OutcomeRules.OutcomeUnknown(lost, action, state?.ToString());
                }
            }
            await Task.Delay(Backoff.Exponential(s_conflictDelay, isOwnFailure ? conflicts++ : losses), time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Deletes. Where the answer is lost and the principal is gone, that was it.</summary>
    public async Task DeleteAsync(string key, bool isExpanded, CancellationToken cancellationToken)
    {
        string action = $"Deleting '{key}'";
        MailServerException? lost = null;
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                await channel.SendAsync(new ApiRequestContext(Operations.DeletePrincipal) { IsExpanded = isExpanded, Action = action }, channel.Uri.For(Operations.DeletePrincipal, key), cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (MailServerException e) when (lost is not null && e.Code == MailErrorCode.NotFound)
            {
                return;
            }
            catch (MailServerException e) when (OutcomeRules.IsOutcomeUnknown(e))
            {
                lost = e;
            }
            catch (MailServerException e) when (lost is not null)
            {
                throw OutcomeRules.OutcomeUnknown(lost, action, $"Sent again, it failed: {e.Message}");
            }
            bool? isThere = await IsThereAsync(key, isExpanded, lost, cancellationToken).ConfigureAwait(false);
            if (isThere == false)
            {
                return;
            }
            if (isThere == true && OutcomeRules.FindServerFailure(lost) is { } failure)
            {
                throw failure;
            }
            if (attempt == MaxRepeats)
            {
                throw OutcomeRules.OutcomeUnknown(lost, action, isThere == true ? $"'{key}' was still there at the last look." : null);
            }
            await Task.Delay(Backoff.Exponential(s_conflictDelay, attempt), time, cancellationToken).ConfigureAwait(false);
        }
    }

    private int MaxRepeats => Math.Max(1, channel.MaxRetries);

    // Null where nobody could look.
    private async Task<PatchState?> LookAsync(string key, IReadOnlyList<PrincipalChange> changes, bool isExpanded, CancellationToken cancellationToken)
    {
        try
        {
            return PatchLook.Compare(await GetRenamedAsync(key, changes, isExpanded, cancellationToken).ConfigureAwait(false), changes);
        }
        // Whoever may change it and not read it sees nothing.
        catch (MailServerException e) when (e.Code == MailErrorCode.Forbidden)
        {
            return PatchLook.Compare(default, changes);
        }
        catch (MailServerException)
        {
            return null;
        }
    }

    private async Task<JsonElement> GetRenamedAsync(string key, IReadOnlyList<PrincipalChange> changes, bool isExpanded, CancellationToken cancellationToken)
    {
        try
        {
            return await GetAsync(key, isExpanded, cancellationToken).ConfigureAwait(false);
        }
        catch (MailServerException e) when (e.Code == MailErrorCode.NotFound && changes.LastOrDefault(change => change.Field == PrincipalField.Name)?.Text is { } newName)
        {
            return await GetAsync(newName.ToLowerInvariant(), isExpanded, cancellationToken).ConfigureAwait(false);
        }
    }

    // Null for whoever may delete it and not read it: to them only a second deletion can tell.
    private async Task<bool?> IsThereAsync(string key, bool isExpanded, MailServerException lost, CancellationToken cancellationToken)
    {
        try
        {
            await GetAsync(key, isExpanded, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (MailServerException e)
        {
            return e.Code switch
            {
                MailErrorCode.NotFound => false,
                MailErrorCode.Forbidden => null,
                _ => throw lost,
            };
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
