using System.Net;

namespace MailAdmin.Sandbox.Limits;

/// <summary>Counts wrong passwords by address and by login; the 101st of a day bans the address for good.</summary>
internal sealed class FailedLogins(TimeProvider clock, Action<IPAddress> banned)
{
    private const int Limit = 100;

    private readonly Lock gate = new();
    private readonly HashSet<IPAddress> blocked = [];
    private readonly RateLimiter<IPAddress> byAddress = new(clock, Limit, TimeSpan.FromDays(1));
    private readonly RateLimiter<string> byLogin = new(clock, Limit, TimeSpan.FromDays(1));

    public bool IsBlocked(IPAddress address)
    {
        lock (gate)
            return blocked.Contains(address);
    }

    /// <summary>Counts a failure and tells whether it was the one that bans.</summary>
    public bool Count(IPAddress address, string login)
    {
        var addressIsFine = byAddress.TryCount(address);
        var loginIsFine = byLogin.TryCount(login);
        if (addressIsFine && loginIsFine)
            return false;
        lock (gate)
            blocked.Add(address);
        banned(address);
        return true;
    }
}
