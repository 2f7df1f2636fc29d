using System.Net;
using MailAdmin.Sandbox.Http;
using MailAdmin.Sandbox.Limits;

namespace MailAdmin.Sandbox.SignIn;

/// <summary>How often and how often at once somebody may call.</summary>
/// <param name="exempt">The addresses that no limit per minute holds for.</param>
/// <param name="clock">The server's clock.</param>
internal sealed class CallerLimits(ExemptAddresses exempt, TimeProvider clock)
{
    private const int MaxConcurrentCalls = 4;
    private const int MaxCallsPerMinute = 1000;
    private const int MaxAnonymousCallsPerMinute = 100;

    private readonly ConcurrencyLimiter _concurrency = new(MaxConcurrentCalls);
    private readonly RateLimiter<uint> _byAccount = new(clock, MaxCallsPerMinute, TimeSpan.FromMinutes(1));
    private readonly RateLimiter<IPAddress> _byAddress = new(clock, MaxAnonymousCallsPerMinute, TimeSpan.FromMinutes(1));

    /// <summary>A call of somebody who has not signed in.</summary>
    /// <exception cref="ApiException">It is one too many.</exception>
    public void CountAnonymous(IPAddress address)
    {
        if (!exempt.Contains(address) && !_byAddress.TryAcquire(address))
        {
            throw ApiException.TooManyRequests(_byAddress.Limit, _byAddress.SecondsLeft);
        }
    }

    /// <summary>Begins a call of an account; it ends when the result is disposed.</summary>
    /// <exception cref="ApiException">It is one too many.</exception>
    public IDisposable? Enter(SignedInCaller caller)
    {
        if (caller.Has("unlimitedRequests"))
        {
            return null;
        }

        if (!exempt.Contains(caller.RemoteAddress) && !_byAccount.TryAcquire(caller.AccountId))
        {
            throw ApiException.TooManyRequests(_byAccount.Limit, _byAccount.SecondsLeft);
        }

        return _concurrency.TryEnter(caller.AccountId) ?? throw ApiException.TooManyConcurrentRequests(MaxConcurrentCalls);
    }

    /// <summary>Forgets the calls of this minute.</summary>
    public void Reset()
    {
        _byAccount.Reset();
        _byAddress.Reset();
    }
}
