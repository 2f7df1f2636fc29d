namespace MailAdmin.Client.Http;

/// <summary>
/// Counts the recoveries that were none: the server says that it is alive, and the calls of an operation still find it away. What a proxy refuses may be
/// one operation alone, so each is counted for itself. Thread-safe.
/// </summary>
internal sealed class FailedRecoveries(Batch batch, OutageGate gate)
{
    /// <summary>So many outages in a row, with no answer to the operation between them, stop the batch.</summary>
    public const int MaxOutagesInARow = 8;

    private readonly Lock _lock = new();
    private readonly Dictionary<Operation, Count> _counts = [];

    /// <summary>The operation was answered: the outage is over.</summary>
    public void RecordAnswer(Operation operation)
    {
        lock (_lock)
        {
            _counts.Remove(operation);
        }
    }

    /// <summary>A call found the server away.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="sentAfter">How many recoveries had begun when it was sent: calls that were in flight together count once.</param>
    /// <param name="cause">What went wrong with it.</param>
    /// <param name="retryAfter">The pause that the answer asks for.</param>
    /// <returns>What is left to wait; its time is up, or zero, when the batch is to stop.</returns>
    public Outage Record(Operation operation, int sentAfter, string cause, TimeSpan? retryAfter)
    {
        lock (_lock)
        {
            Count count = _counts.TryGetValue(operation, out Count? known) ? known : new Count(0, -1, gate.RecoveryTime);
            if (sentAfter > count.SentAfter)
            {
                count = count with { Outages = count.Outages + 1, SentAfter = sentAfter };
            }
            _counts[operation] = count;
            TimeSpan left = count.Outages > MaxOutagesInARow ? TimeSpan.Zero : batch.OutageTimeout - (gate.RecoveryTime - count.TimeBefore);
            return new Outage(cause, left, sentAfter, count.Outages - 1, retryAfter);
        }
    }

    private sealed record Count(int Outages, int SentAfter, TimeSpan TimeBefore);
}
