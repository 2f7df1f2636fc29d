namespace MailAdmin.Client.Api.Lists;

/// <summary>The ids that a list has given already. The server counts them up from 0, so that one bit for each is little, however long the list.</summary>
internal sealed class SeenIds
{
    private const int BitsPerBlock = 1 << 15;
    private const int BitsPerWord = 64;

    private readonly Dictionary<uint, ulong[]> _blocks = [];
    private uint _lastBlock;
    private ulong[]? _last;

    /// <summary>Takes note of an id; false where it was there before.</summary>
    public bool Add(uint id)
    {
        ulong[] words = GetBlock(id / BitsPerBlock);
        ref ulong word = ref words[id % BitsPerBlock / BitsPerWord];
        ulong bit = 1UL << (int)(id % BitsPerWord);
        bool isNew = (word & bit) == 0;
        word |= bit;
        return isNew;
    }

    private ulong[] GetBlock(uint number)
    {
        if (_last is not null && number == _lastBlock)
        {
            return _last;
        }
        if (!_blocks.TryGetValue(number, out ulong[]? words))
        {
            words = new ulong[BitsPerBlock / BitsPerWord];
            _blocks.Add(number, words);
        }
        (_lastBlock, _last) = (number, words);
        return words;
    }
}
