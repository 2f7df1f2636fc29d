using System.Net;
using MailAdmin.Client.Calls;

namespace MailAdmin.Client.Http;

/// <summary>
/// Limits the account's calls in flight: the server serves four at once, unless the account has <c>unlimited-requests</c>, and works no faster with
/// more. A slot is free again when the headers arrive: the server counts a call until then. A call that is rejected because others use the account too
/// is sent again from here: nothing of it was executed.
/// </summary>
internal sealed class ConcurrencyHandler(AccountLimits limits, TimeSpan bodyTimeout, TimeProvider time) : DelegatingHandler
{
    private const int MaxAttempts = 12;
    private static readonly TimeSpan s_firstDelay = TimeSpan.FromMilliseconds(20);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (ApiRequestContext.Get(request) is not { Authentication: not RequestAuthentication.None } context)
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        using IDisposable? ofBatch = await AcquireAsync(context.Batch?.Slots, cancellationToken).ConfigureAwait(false);
        using IDisposable? ofExpanded = await AcquireAsync(context.IsExpanded ? limits.ExpandedSlots : null, cancellationToken).ConfigureAwait(false);
        CallSlot slot = await limits.Slots.AcquireAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            HoldBack(context);
            return await SendInSlotAsync(request, context, slot, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            limits.Slots.Release();
        }
    }

    // The server may have gone while the call waited for its slot.
    private static void HoldBack(ApiRequestContext context)
    {
        context.Batch?.ThrowIfStopped(context);
        context.WasHeldBack = context.IsServerAway?.Invoke() == true;
        if (context.WasHeldBack)
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError, "The server is away.");
        }
    }

    private async Task<HttpResponseMessage> SendInSlotAsync(HttpRequestMessage request, ApiRequestContext context, CallSlot slot, CancellationToken cancellationToken)
    {
        for (int attempt = 0; ; attempt++)
        {
            HttpResponseMessage response = await MeasureAsync(request, context, slot, cancellationToken).ConfigureAwait(false);
            context.WasRefusedUnexecuted = response.StatusCode == HttpStatusCode.BadRequest
                && await IsConcurrencyLimitAsync(response, context, cancellationToken).ConfigureAwait(false);
            if (!context.WasRefusedUnexecuted || attempt == MaxAttempts - 1)
            {
                return response;
            }
            response.Dispose();
            await Task.Delay(Backoff.Exponential(s_firstDelay, Math.Min(attempt, 5)), time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<HttpResponseMessage> MeasureAsync(HttpRequestMessage request, ApiRequestContext context, CallSlot slot, CancellationToken cancellationToken)
    {
        long start = time.GetTimestamp();
        HttpResponseMessage response;
        try
        {
            response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (TransportErrorClassifier.Classify(e) == TransportError.TimedOut)
        {
            limits.Slots.RecordOverload(slot);
            throw;
        }
        catch (Exception e) when (context.OnServerAway is not null && TransportErrorClassifier.Classify(e) is TransportError.NotSent or TransportError.ConnectionLost)
        {
            limits.Slots.RecordOverload(slot);
            // Else the calls that wait for a slot would run into it one after the other.
            context.OnServerAway!(TransportExceptions.Create(e, context).Message, null);
            throw;
        }
        if (OutcomeRules.IsServerAway(response.StatusCode))
        {
            context.OnServerAway?.Invoke(OutcomeRules.DescribeAway(response.StatusCode), RetryAfterHeader.GetDelay(response, time.GetUtcNow()));
        }
        if (response.StatusCode is HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError)
        {
            limits.Slots.RecordOverload(slot);
        }
        // How long the others take depends on what they ask for, more than on how busy the server is.
        else if (context.IsExpanded || context.ReadsEvents)
        {
            limits.Slots.RecordUnmeasuredAnswer(slot);
        }
        else
        {
            limits.Slots.RecordAnswer(slot, context.Operation, time.GetElapsedTime(start));
        }
        return response;
    }

    private static async ValueTask<IDisposable?> AcquireAsync(SemaphoreSlim? slots, CancellationToken cancellationToken)
    {
        if (slots is null)
        {
            return null;
        }
        await slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new Releaser(slots);
    }

    private async Task<bool> IsConcurrencyLimitAsync(HttpResponseMessage response, ApiRequestContext context, CancellationToken cancellationToken)
    {
        await ResponseBuffer.LoadAsync(response, context.MaxResponseBytes, bodyTimeout, time, cancellationToken).ConfigureAwait(false);
        byte[] body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        return ServerFault.Parse(body)?.IsConcurrencyLimit == true;
    }

    private sealed class Releaser(SemaphoreSlim slots) : IDisposable
    {
        public void Dispose() => slots.Release();
    }
}
