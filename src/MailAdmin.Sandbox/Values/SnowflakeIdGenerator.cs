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

    /// <summary>
    /// The first id of a second, as the server reckons it: what has passed since is subtracted from now, and since only whole seconds are, it is late by the milliseconds of now.
    /// Null for the future.
    /// </summary>
    public static ulong? FindFirst(DateTimeOffset second, DateTimeOffset now)
    {
        long passed = now.ToUnixTimeSeconds() - second.ToUnixTimeSeconds();
        return passed < 0 ? null : (ulong)Math.Max(0, (now - s_epoch).TotalMilliseconds - (passed * 1000.0)) << (SequenceBits + NodeBits);
    }

    /// <summary>The second in which an id was made.</summary>
    public static DateTimeOffset GetTime(ulong id) => s_epoch.AddSeconds((id >> (SequenceBits + NodeBits)) / 1000);

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
