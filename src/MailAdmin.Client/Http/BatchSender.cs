using System.Net;
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
    private readonly FailedRecoveries _failedRecoveries = new(batch, gate);

    public async Task<HttpResponseMessage> SendAsync(ApiRequestContext context, Func<Task<HttpResponseMessage>> send, CancellationToken cancellationToken)
    {
        context.Batch = batch;
        int sentAfter = gate.RecoveryCount;
        // Asked when it is sent: until then an earlier call may have been answered.
        context.IsServerAway = () =>
        {
            sentAfter = gate.RecoveryCount;
            return batch.WaitsOutOutages && gate.IsAway;
        };
        context.OnServerAway = (cause, retryAfter) =>
        {
            if (batch.WaitsOutOutages)
            {
                gate.BeginRecovery(_failedRecoveries.Record(context.Operation, sentAfter, cause, retryAfter), cancellationToken);
            }
        };
        for (int outages = 0; ;)
        {
            if (batch.WaitsOutOutages && !await gate.WaitWhileAwayAsync(batch.OutageTimeout, cancellationToken).ConfigureAwait(false))
            {
                batch.Stop(new MailServerException(MailErrorCode.Unreachable, context.Operation, "The server was away."));
            }
            batch.ThrowIfStopped(context);
            HttpResponseMessage? response = null;
            MailServerException? failure = null;
            try
            {
                response = await send().ConfigureAwait(false);
                if (!OutcomeRules.IsServerAway(response.StatusCode))
                {
                    _failedRecoveries.RecordAnswer(context.Operation);
                    batch.RecordAnswer(context, response.StatusCode);
                    return response;
                }
            }
            catch (MailServerException e) when (IsOutage(e))
            {
                failure = e;
            }
            catch (MailServerException e) when (e.Code == MailErrorCode.TimedOut)
            {
                batch.RecordSilence();
                throw;
            }
            if (context.WasHeldBack)
            {
                continue;
            }
            batch.RecordSilence();
            if (!batch.WaitsOutOutages || batch.StoppedBy is not null || outages++ == MaxOutagesOfOneCall)
            {
                return response ?? throw failure!;
            }
            string cause = failure?.Message ?? OutcomeRules.DescribeAway(response!.StatusCode);
            Outage outage = _failedRecoveries.Record(context.Operation, sentAfter, cause, response is null ? null : RetryAfterHeader.GetDelay(response, context.Time.GetUtcNow()));
            if (!await gate.WaitForRecoveryAsync(outage, cancellationToken).ConfigureAwait(false))
            {
                batch.Stop(CreateStopReason(context.Operation, outage, failure, response?.StatusCode));
                return response ?? throw failure!;
            }
            if (context.Idempotency != Idempotency.Idempotent && (failure is null ? !OutcomeRules.IsRefusal(response!, context) : failure.MayHaveBeenExecuted))
            {
                return response ?? throw failure!;
            }
            response?.Dispose();
        }
    }

    private static MailServerException CreateStopReason(Operation operation, Outage outage, MailServerException? failure, HttpStatusCode? status) => outage.EarlierRecoveries > 0
        ? new(MailErrorCode.Unreachable, operation, $"The server says that it is alive, but {outage.EarlierRecoveries + 1} times in a row it did not answer {operation}. {outage.Cause}", failure) { Status = status }
        : failure ?? new(MailErrorCode.Unreachable, operation, outage.Cause) { Status = status };

    // No answer in time is none: the server may be at work on it still.
    private static bool IsOutage(MailServerException e) => e.Code == MailErrorCode.Unreachable
        || (e is { Code: MailErrorCode.TimedOut, MayHaveBeenExecuted: false });
}
