using System.Globalization;
using System.Net;
using MailAdmin.Client.Calls;

namespace MailAdmin.Client.Http;

/// <summary>
/// Keeps an account without <c>unlimited-requests</c> below its 1,000 calls a minute. A 429 to an accepted credential is the minute limit
/// (or a proxy's): the wait for it is here, inside the retry, since a job of an hour must not lose a row because its retries are used up.
/// </summary>
internal sealed class PacingHandler(AccountLimits limits, WaitNotifier waitNotifier, TimeProvider time) : DelegatingHandler
{
    // Longer than a clock minute and than a pause that a proxy asks for. Who is refused for longer is not helped by waiting.
    private static readonly TimeSpan s_maxRateLimitWait = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan s_firstDelay = TimeSpan.FromSeconds(0.25);
    private static readonly TimeSpan s_jitter = TimeSpan.FromMilliseconds(250);
    private readonly MinuteBudget _budget = new();
    // Never disposed: a call that waits for it when the connection is closed must get through.
    private readonly SemaphoreSlim _gate = new(1, 1);
    private DateTimeOffset _blockedUntil;
    private DateTimeOffset _notifiedFor;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (ApiRequestContext.Get(request) is not { Authentication: not RequestAuthentication.None } context)
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        for (int rejections = 0; ; rejections++)
        {
            await AcquireAsync(cancellationToken).ConfigureAwait(false);
            HttpResponseMessage response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            RecordAcceptedCredential(response, context);
            if (GetRateLimitDelay(response, context, rejections) is not { } wait)
            {
                return response;
            }
            response.Dispose();
            await DelayForRateLimitAsync(wait, cancellationToken).ConfigureAwait(false);
        }
    }

    private void RecordAcceptedCredential(HttpResponseMessage response, ApiRequestContext context)
    {
        if (response.IsSuccessStatusCode)
        {
            limits.CredentialAccepted = true;
        }
        context.CredentialAccepted = limits.CredentialAccepted;
    }

    private async Task AcquireAsync(CancellationToken cancellationToken)
    {
        if (!limits.IsPaced)
        {
            return;
        }
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            while (limits.IsPaced && GetDelay() is { Ticks: > 0 } wait)
            {
                if (_blockedUntil <= time.GetUtcNow())
                {
                    NotifyPacing();
                }
                await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
            }
            _budget.RecordCall(time.GetUtcNow());
        }
        finally
        {
            _gate.Release();
        }
    }

    private TimeSpan GetDelay()
    {
        DateTimeOffset now = time.GetUtcNow();
        return RoundUpToMilliseconds(_blockedUntil > now ? _blockedUntil - now : _budget.GetDelay(now));
    }

    // A timer counts whole milliseconds: rounded down, it would fire before the time has come.
    private static TimeSpan RoundUpToMilliseconds(TimeSpan wait) => TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds));

    private void NotifyPacing()
    {
        DateTimeOffset next = MinuteBudget.GetNextMinute(time.GetUtcNow());
        if (next == _notifiedFor)
        {
            return;
        }
        _notifiedFor = next;
        waitNotifier.Notify(
            string.Create(CultureInfo.InvariantCulture, $"The account may make {MinuteBudget.MaxCallsPerMinute:N0} calls a minute; the calls are spread over the minute so that the server rejects none."),
            next - time.GetUtcNow(),
            WaitKind.Pacing);
    }

    private TimeSpan? GetRateLimitDelay(HttpResponseMessage response, ApiRequestContext context, int rejections)
    {
        if (response.StatusCode != HttpStatusCode.TooManyRequests || context.Authentication != RequestAuthentication.Session || !limits.CredentialAccepted)
        {
            return null;
        }
        DateTimeOffset now = time.GetUtcNow();
        // A server that says 0, or a time that is over, would else be asked as fast as it answers.
        TimeSpan own = Backoff.Exponential(s_firstDelay, rejections);
        TimeSpan wait = RetryAfterHeader.GetDelay(response, now) is { } serverDelay
            ? Backoff.AtLeast(serverDelay, own)
            : limits.IsPaced ? MinuteBudget.GetNextMinute(now) - now + Backoff.Jitter(s_jitter) : own;
        context.RateLimitedSince ??= now;
        return now + wait - context.RateLimitedSince <= s_maxRateLimitWait ? RoundUpToMilliseconds(wait) : null;
    }

    private async Task DelayForRateLimitAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        if (limits.IsPaced)
        {
            // The other calls would be rejected as well.
            DateTimeOffset until = time.GetUtcNow() + wait;
            _blockedUntil = until > _blockedUntil ? until : _blockedUntil;
        }
        waitNotifier.Notify(
            limits.IsPaced
                ? "The server accepts no more calls of this account in this minute. Waiting until the next clock minute; nothing is lost."
                : "The server, or a proxy in front of it, asks for a pause between calls. Waiting; nothing is lost.",
            wait,
            WaitKind.RateLimit);
        await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
    }
}
