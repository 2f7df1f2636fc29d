using System.Net;
using System.Security.Authentication;
using MailAdmin.Client.Calls;

namespace MailAdmin.Client.Http;

/// <summary>
/// When a failed attempt may be sent again: a read always, a write only if it certainly was not executed. The library that sends it again
/// decides nothing itself.
/// </summary>
internal sealed class RetryPolicy(TimeSpan? firstDelay, TimeProvider time)
{
    private static readonly TimeSpan s_defaultFirstDelay = TimeSpan.FromSeconds(0.25);

    // If the server asks for a longer wait than this, the client does not wait: the error goes to the caller.
    private static readonly TimeSpan s_maxWait = TimeSpan.FromMinutes(5);

    /// <summary>How long to wait before the next attempt, or null: the outcome is final.</summary>
    public TimeSpan? GetDelay(HttpRequestMessage request, HttpResponseMessage? response, Exception? exception, int attempt)
    {
        if (ApiRequestContext.Get(request) is not { IsSentOnce: false } context)
        {
            return null;
        }
        context.RecordLoss(response, exception);
        // Each rejected password counts towards the ban: a password that was sent is not sent again, whatever the answer.
        if (context.Authentication == RequestAuthentication.SignIn && !IsNotSent(context, response, exception))
        {
            return null;
        }
        bool canRetry = response is not null ? CanRetry(context, response) : CanRetry(context, exception);
        if (!canRetry)
        {
            return null;
        }
        // A server that says 0, or a time that is over, still gets its pause.
        TimeSpan wait = Backoff.AtLeast(
            response is null ? null : RetryAfterHeader.GetDelay(response, time.GetUtcNow()),
            Backoff.Exponential(firstDelay ?? s_defaultFirstDelay, attempt));
        return wait <= s_maxWait ? wait : null;
    }

    private static bool IsNotSent(ApiRequestContext context, HttpResponseMessage? response, Exception? exception) =>
        response is null ? TransportErrorClassifier.Classify(exception) == TransportError.NotSent : context.WasRefusedUnexecuted;

    private static bool CanRetry(ApiRequestContext context, HttpResponseMessage response) => response.StatusCode switch
    {
        // A server that is away is waited for elsewhere, by one question at a time.
        HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable when context.Batch is { WaitsOutOutages: true } => false,
        // A proxy may answer it when the connection to the server broke, after the server had done the work.
        HttpStatusCode.ServiceUnavailable => context.Idempotency == Idempotency.Idempotent || OutcomeRules.IsRefusal(response, context),
        HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout => context.Idempotency == Idempotency.Idempotent,
        HttpStatusCode.BadRequest => context.WasRefusedUnexecuted,
        // For a signed-in account the pacing has waited already; for a credential that was never accepted, a 429 is the ban.
        HttpStatusCode.TooManyRequests => context.Authentication == RequestAuthentication.None && (context.IsOAuth || context.Operation == Operations.DiscoverSignIn),
        _ => false,
    };

    private static bool CanRetry(ApiRequestContext context, Exception? exception) => TransportErrorClassifier.Classify(exception) switch
    {
        // As above.
        TransportError.NotSent or TransportError.ConnectionLost when context.Batch is { WaitsOutOutages: true } => false,
        // The server is still at work on the first one. Of calls like these a few at once hang it.
        TransportError.TimedOut when context.IsExpanded || context.Batch is not null => false,
        // A service that does not speak TLS will not do so in a second; a handshake that was cut off has an exception inside.
        TransportError.NotSent => exception is not HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError, InnerException: AuthenticationException { InnerException: null } },
        TransportError.ConnectionLost or TransportError.TimedOut or TransportError.Damaged => context.Idempotency == Idempotency.Idempotent,
        _ => false,
    };
}
