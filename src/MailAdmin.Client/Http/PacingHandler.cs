// Keeps an account without unlimited-requests below its 1,000 calls a minute, and sits out a 429.
using System.Globalization;
using System.Net;
using MailAdmin.Client.Calls;

namespace MailAdmin.Client.Http;

/// <summary>
/// Lets each call of the account go when the minute has room for it. A 429 to an accepted credential is the minute limit (or a proxy's):
/// it is waited out here, below the retry, since a job of an hour must not lose a row to a count of retries.
/// </summary>
internal sealed class PacingHandler(AccountLimits limits, Waits waits, TimeProvider time) : DelegatingHandler
{
    private static readonly TimeSpan s_mostWaiting = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_jitter = TimeSpan.FromMilliseconds(250);
    private readonly MinuteBudget _budget = new();
    // Never disposed: whoever waits for it when the connection is closed must get through.
    private readonly SemaphoreSlim _turn = new(1, 1);
    private DateTimeOffset _blockedUntil;
    private DateTimeOffset _announcedFor;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (Call.Of(request) is not { Identity: not CallIdentity.None } call)
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        for (int refusals = 0; ; refusals++)
        {
            await TakeTurnAsync(cancellationToken).ConfigureAwait(false);
            HttpResponseMessage response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            Accept(response, call);
            if (WaitAfter(response, call, refusals) is not { } wait)
            {
                return response;
            }
            response.Dispose();
            await SitOutAsync(call, wait, cancellationToken).ConfigureAwait(false);
        }
    }

    private void Accept(HttpResponseMessage response, Call call)
    {
        if (response.IsSuccessStatusCode)
        {
            limits.CredentialAccepted = true;
        }
        call.CredentialAccepted = limits.CredentialAccepted;
    }

    private async Task TakeTurnAsync(CancellationToken cancellationToken)
    {
        if (!limits.IsPaced)
        {
            return;
        }
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            while (limits.IsPaced && WaitNow() is { Ticks: > 0 } wait)
            {
                if (_blockedUntil <= time.GetUtcNow())
                {
                    AnnouncePacing();
                }
                await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
            }
            _budget.Take(time.GetUtcNow());
        }
        finally
        {
            _turn.Release();
        }
    }

    private TimeSpan WaitNow()
    {
        DateTimeOffset now = time.GetUtcNow();
        return WholeMilliseconds(_blockedUntil > now ? _blockedUntil - now : _budget.WaitFor(now));
    }

    // A timer counts whole milliseconds: rounded down, it would fire before the time has come.
    private static TimeSpan WholeMilliseconds(TimeSpan wait) => TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds));

    private void AnnouncePacing()
    {
        DateTimeOffset next = MinuteBudget.NextMinute(time.GetUtcNow());
        if (next == _announcedFor)
        {
            return;
        }
        _announcedFor = next;
        waits.Announce(
            string.Create(CultureInfo.InvariantCulture, $"The account may make {MinuteBudget.Limit:N0} calls a minute; the calls are spread over the minute so that none is refused."),
            next - time.GetUtcNow(),
            WaitKind.Pacing);
    }

    private TimeSpan? WaitAfter(HttpResponseMessage response, Call call, int refusals)
    {
        if (response.StatusCode != HttpStatusCode.TooManyRequests || call.Identity != CallIdentity.Session || !limits.CredentialAccepted)
        {
            return null;
        }
        DateTimeOffset now = time.GetUtcNow();
        TimeSpan wait = RetryAfter.Of(response, now)
            ?? (limits.IsPaced
                ? MinuteBudget.NextMinute(now) - now + Backoff.Jitter(s_jitter)
                : Backoff.Exponential(TimeSpan.FromSeconds(0.25), refusals));
        return call.WaitedForRate + wait <= s_mostWaiting ? WholeMilliseconds(wait) : null;
    }

    private async Task SitOutAsync(Call call, TimeSpan wait, CancellationToken cancellationToken)
    {
        call.WaitedForRate += wait;
        if (limits.IsPaced)
        {
            // The others would be refused as well.
            DateTimeOffset until = time.GetUtcNow() + wait;
            _blockedUntil = until > _blockedUntil ? until : _blockedUntil;
        }
        waits.Announce(
            limits.IsPaced
                ? "The server refuses more calls of this account in this minute; the next clock minute is awaited. Nothing is lost."
                : "The server, or a proxy before it, asks for a pause between calls. Nothing is lost.",
            wait,
            WaitKind.RateLimit);
        await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
    }
}
