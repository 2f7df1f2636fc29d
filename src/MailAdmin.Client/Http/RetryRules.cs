// When a failed attempt may be sent again. The library that repeats it is told here, and decides nothing itself.
using System.Net;
using MailAdmin.Client.Calls;

namespace MailAdmin.Client.Http;

/// <summary>The rules of repetition: what reads may be read again; what writes is sent again only if it surely was not executed.</summary>
internal sealed class RetryRules(TimeSpan? firstPause, TimeProvider time)
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromSeconds(0.25);

    // A server that names a later time than this is not waited for: its word goes to the caller.
    private static readonly TimeSpan s_longestWait = TimeSpan.FromMinutes(5);

    /// <summary>How long to wait before the next attempt, or null: the outcome stands.</summary>
    public TimeSpan? Delay(HttpRequestMessage request, HttpResponseMessage? response, Exception? exception, int attempt)
    {
        if (Call.Of(request) is not { } call)
        {
            return null;
        }
        bool again = response is not null ? MayRepeat(call, response.StatusCode) : MayRepeat(call, exception);
        if (!again)
        {
            return null;
        }
        TimeSpan? asked = response is null ? null : RetryAfter.Of(response, time.GetUtcNow());
        TimeSpan wait = asked ?? Backoff.Exponential(firstPause ?? s_firstPause, attempt);
        return wait <= s_longestWait ? wait : null;
    }

    private static bool MayRepeat(Call call, HttpStatusCode status) => status switch
    {
        HttpStatusCode.ServiceUnavailable => true,
        HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout => call.Safety == CallSafety.Repeatable,
        HttpStatusCode.BadRequest => call.WasRefusedUnexecuted,
        // Of a signed-in account the pacing has waited already; of one that was never accepted a 429 is the ban.
        HttpStatusCode.TooManyRequests => call.Identity == CallIdentity.None && call.IsOAuth,
        _ => false,
    };

    private static bool MayRepeat(Call call, Exception? exception) => TransportFaults.Of(exception) switch
    {
        TransportFault.NotSent => true,
        TransportFault.Lost or TransportFault.TimedOut => call.Safety == CallSafety.Repeatable,
        _ => false,
    };
}
