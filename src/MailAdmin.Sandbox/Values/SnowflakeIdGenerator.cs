namespace MailAdmin.Sandbox.Values;

/// <summary>Generates ids that increase with time: milliseconds, the node, a sequence. They are larger than a double holds exactly.</summary>
internal sealed class SnowflakeIdGenerator(uint node)
{
    private const int SequenceBits = 12;
    private const int NodeBits = 9;

    /// <summary>The start of the milliseconds.</summary>
    private static readonly DateTimeOffset s_epoch = DateTimeOffset.FromUnixTimeSeconds(1_632_280_000);

    private readonly Lock _gate = new();
    private ulong _last;
    private uint _sequence;

    public ulong Next(DateTimeOffset now)
    {
        ulong milliseconds = (ulong)(now - s_epoch).TotalMilliseconds;
        lock (_gate)
        {
            ulong id = (milliseconds << (SequenceBits + NodeBits)) | ((ulong)(node & ((1 << NodeBits) - 1)) << SequenceBits) | (_sequence & ((1 << SequenceBits) - 1));
            _sequence++;

            // The sequence starts over every 4,096 ids; within one millisecond that must not produce the same id twice.
            _last = Math.Max(_last + 1, id);
            return _last;
        }
    }
}
