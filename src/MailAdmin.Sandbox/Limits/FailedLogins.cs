using System.Net;

namespace MailAdmin.Sandbox.Limits;

/// <summary>Counts wrong passwords by address and by login; the 101st of a day bans the address permanently.</summary>
internal sealed class FailedLogins(TimeProvider clock, BlockedAddresses blocked, Action<IPAddress> onBanned)
{
    private const int MaxFailuresPerDay = 100;

    private readonly RateLimiter<IPAddress> _byAddress = new(clock, MaxFailuresPerDay, TimeSpan.FromDays(1));
    private readonly RateLimiter<string> _byLogin = new(clock, MaxFailuresPerDay, TimeSpan.FromDays(1));

    /// <summary>Counts a failure; true if the address is banned by it.</summary>
    public bool RecordFailure(IPAddress address, string login)
    {
        bool isAddressWithinLimit = _byAddress.TryAcquire(address);
        bool isLoginWithinLimit = _byLogin.TryAcquire(login);
        if (isAddressWithinLimit && isLoginWithinLimit)
        {
            return false;
        }

        blocked.Add(address);
        onBanned(address);
        return true;
    }

    /// <summary>Forgets all failures; who is banned stays so.</summary>
    public void Reset()
    {
        _byAddress.Reset();
        _byLogin.Reset();
    }
}
