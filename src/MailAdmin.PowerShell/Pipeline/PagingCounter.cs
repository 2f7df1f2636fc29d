using System.Management.Automation;

namespace MailAdmin.PowerShell.Pipeline;

/// <summary>The part that -Skip and -First select of several lists that come one after the other.</summary>
internal sealed class PagingCounter(PagingParameters paging)
{
    private ulong _toSkip = paging.Skip;
    private ulong _remaining = paging.First;

    /// <summary>Whether -First is reached.</summary>
    public bool IsFull => _remaining == 0;

    /// <summary>The part of the next list; ends with the last selected item, without requesting one more.</summary>
    public IEnumerable<T> Apply<T>(IEnumerable<T> items)
    {
        if (IsFull)
        {
            yield break;
        }
        foreach (T item in items)
        {
            if (_toSkip > 0)
            {
                _toSkip--;
                continue;
            }
            _remaining--;
            yield return item;
            if (IsFull)
            {
                yield break;
            }
        }
    }
}
