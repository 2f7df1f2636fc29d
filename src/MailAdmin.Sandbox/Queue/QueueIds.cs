namespace MailAdmin.Sandbox.Queue;

/// <summary>Numbers that grow with time: milliseconds, the node, a sequence. They are beyond what a double holds exactly.</summary>
internal sealed class QueueIds(uint node)
{
    private const int SequenceBits = 12;
    private const int NodeBits = 9;

    /// <summary>Where the count of milliseconds begins.</summary>
    private static readonly DateTimeOffset Epoch = DateTimeOffset.FromUnixTimeSeconds(1_632_280_000);

    private readonly Lock gate = new();
    private ulong last;
    private uint sequence;

    public ulong Next(DateTimeOffset now)
    {
        var milliseconds = (ulong)(now - Epoch).TotalMilliseconds;
        lock (gate)
        {
            var id = (milliseconds << (SequenceBits + NodeBits)) | ((ulong)(node & ((1 << NodeBits) - 1)) << SequenceBits) | (sequence & ((1 << SequenceBits) - 1));
            sequence++;

            // The sequence starts over every 4,096 numbers; within one millisecond that must not make two alike.
            last = Math.Max(last + 1, id);
            return last;
        }
    }
}
