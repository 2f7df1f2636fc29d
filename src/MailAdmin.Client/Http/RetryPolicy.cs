// When a failed attempt may be sent again. The library that repeats it is told here, and decides nothing itself.
using System.Net;
using MailAdmin.Client.Calls;

namespace MailAdmin.Client.Http;

/// <summary>The rules of repetition: what reads may be read again; what writes is sent again only if it surely was not executed.</summary>
internal sealed class RetryPolicy(TimeSpan? firstPause, TimeProvider time)
{
    private static readonly TimeSpan s_defaultFirstDelay = TimeSpan.FromSeconds(0.25);

    // A server that names a later time than this is not waited for: its word goes to the caller.
    private static readonly TimeSpan s_maxWait = TimeSpan.FromMinutes(5);

    /// <summary>How long to wait before the next attempt, or null: the outcome stands.</summary>
    public TimeSpan? GetDelay(HttpRequestMessage request, HttpResponseMessage? response, Exception? exception, int attempt)
    {
        if (ApiRequestContext.Get(request) is not { } context)
        {
            return null;
        }
        bool again = response is not null ? CanRetry(context, response.StatusCode) : CanRetry(context, exception);
        if (!again)
        {
            return null;
        }
        TimeSpan? asked = response is null ? null : RetryAfterHeader.GetDelay(response, time.GetUtcNow());
        TimeSpan wait = asked ?? Backoff.Exponential(firstPause ?? s_defaultFirstDelay, attempt);
        return wait <= s_maxWait ? wait : null;
    }

    private static bool CanRetry(ApiRequestContext context, HttpStatusCode status) => status switch
    {
        HttpStatusCode.ServiceUnavailable => true,
        HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout => context.Idempotency == Idempotency.Idempotent,
        HttpStatusCode.BadRequest => context.WasRefusedUnexecuted,
        // Of a signed-in account the pacing has waited already; of one that was never accepted a 429 is the ban.
        HttpStatusCode.TooManyRequests => context.Authentication == RequestAuthentication.None && context.IsOAuth,
        _ => false,
    };

    private static bool CanRetry(ApiRequestContext context, Exception? exception) => TransportErrorClassifier.Classify(exception) switch
    {
        TransportError.NotSent => true,
        TransportError.ConnectionLost or TransportError.TimedOut => context.Idempotency == Idempotency.Idempotent,
        _ => false,
    };
}
