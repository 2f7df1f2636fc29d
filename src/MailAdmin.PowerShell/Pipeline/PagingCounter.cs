using System.Management.Automation;

namespace MailAdmin.PowerShell.Pipeline;

/// <summary>The part that -Skip and -First select of several lists that come one after the other.</summary>
internal sealed class PagingCounter(PagingParameters paging)
{
    private ulong _toSkip = paging.Skip;
    private ulong _remaining = paging.First;

    /// <summary>Whether -First is reached.</summary>
    public bool IsFull => _remaining == 0;

    /// <summary>How many items of the lists that come are needed at most.</summary>
    public ulong Needed => _remaining == 0 || _remaining > ulong.MaxValue - _toSkip ? _remaining : _toSkip + _remaining;

    /// <summary>Counts the next item: whether it belongs to the selected part.</summary>
    public bool Take()
    {
        if (_toSkip > 0)
        {
            _toSkip--;
            return false;
        }
        if (IsFull)
        {
            return false;
        }
        _remaining--;
        return true;
    }

    /// <summary>The part of the next list; ends with the last selected item, without requesting one more.</summary>
    public IEnumerable<T> Apply<T>(IEnumerable<T> items)
    {
        if (IsFull)
        {
            yield break;
        }
        foreach (T item in items)
        {
            if (Take())
            {
                yield return item;
            }
            if (IsFull)
            {
                yield break;
            }
        }
    }
}
