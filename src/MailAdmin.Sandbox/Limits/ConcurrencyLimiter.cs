using System.Collections.Concurrent;

namespace MailAdmin.Sandbox.Limits;

/// <summary>Limits the concurrent calls of each account.</summary>
internal sealed class ConcurrencyLimiter(int limit)
{
    private readonly ConcurrentDictionary<uint, Slots> _accounts = new();

    /// <summary>A slot that is released by disposing it, or null when all are taken.</summary>
    public IDisposable? TryEnter(uint account)
    {
        Slots slots = _accounts.GetOrAdd(account, _ => new Slots());
        if (Interlocked.Increment(ref slots.Taken) <= limit)
        {
            return slots;
        }

        Interlocked.Decrement(ref slots.Taken);
        return null;
    }

    private sealed class Slots : IDisposable
    {
        public int Taken;

        public void Dispose() => Interlocked.Decrement(ref Taken);
    }
}
