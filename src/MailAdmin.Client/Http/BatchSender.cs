using MailAdmin.Client.Calls;

namespace MailAdmin.Client.Http;

/// <summary>
/// Sends the calls of a batch: not while the server is away, and not after the batch was stopped. A call that was lost in an outage and may have been
/// executed is not sent again unless that does no harm: whoever sent it looks, once the server is back, what became of it.
/// </summary>
internal sealed class BatchSender(Batch batch, OutageGate gate)
{
    // A call that itself takes the server down must not do so for ever.
    private const int MaxOutagesOfOneCall = 3;

    public async Task<HttpResponseMessage> SendAsync(ApiRequestContext context, Func<Task<HttpResponseMessage>> send, CancellationToken cancellationToken)
    {
        context.Batch = batch;
        // Asked when it is sent: until then an earlier call may have been answered.
        context.IsServerAway = () => batch.WaitsOutOutages && gate.IsAway;
        context.OnConnectionLost = cause =>
        {
            if (batch.WaitsOutOutages)
            {
                gate.BeginRecovery(cause, batch.OutageTimeout, cancellationToken);
            }
        };
        for (int outages = 0; ;)
        {
            if (batch.WaitsOutOutages && !await gate.WaitWhileAwayAsync(batch.OutageTimeout, cancellationToken).ConfigureAwait(false))
            {
                batch.Stop(new MailServerException(MailErrorCode.Unreachable, context.Operation, "The server was away."));
            }
            batch.ThrowIfStopped(context.Operation);
            HttpResponseMessage? response = null;
            MailServerException? failure = null;
            try
            {
                response = await send().ConfigureAwait(false);
                if (!OutcomeRules.IsServerAway(response.StatusCode))
                {
                    batch.RecordAnswer();
                    return response;
                }
            }
            catch (MailServerException e) when (IsOutage(e))
            {
                failure = e;
            }
            if (context.WasHeldBack)
            {
                continue;
            }
            if (!batch.WaitsOutOutages || batch.StoppedBy is not null || outages++ == MaxOutagesOfOneCall)
            {
                return response ?? throw failure!;
            }
            string cause = failure?.Message ?? $"A proxy answers with status {(int)response!.StatusCode} in its place.";
            if (!await gate.WaitForRecoveryAsync(cause, batch.OutageTimeout, cancellationToken).ConfigureAwait(false))
            {
                batch.Stop(failure ?? new MailServerException(MailErrorCode.Unreachable, context.Operation, cause) { Status = response!.StatusCode });
                return response ?? throw failure!;
            }
            if (context.Idempotency != Idempotency.Idempotent && (failure is null ? !OutcomeRules.IsRefusal(response!, context) : failure.MayHaveBeenExecuted))
            {
                return response ?? throw failure!;
            }
            response?.Dispose();
        }
    }

    // No answer in time is none: the server may be at work on it still.
    private static bool IsOutage(MailServerException e) => e.Code == MailErrorCode.Unreachable
        || (e is { Code: MailErrorCode.TimedOut, MayHaveBeenExecuted: false });
}
