using System.Collections.Concurrent;

namespace MailAdmin.Sandbox.Limits;

/// <summary>Lets so many calls of one account run at once and no more.</summary>
internal sealed class ConcurrencyLimiter(int limit)
{
    private readonly ConcurrentDictionary<uint, Slots> _accounts = new();

    /// <summary>A slot to give back by disposing it, or null when all are taken.</summary>
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
