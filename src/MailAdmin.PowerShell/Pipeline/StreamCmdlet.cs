using System.Management.Automation;
using MailAdmin.PowerShell.Errors;

namespace MailAdmin.PowerShell.Pipeline;

/// <summary>
/// A cmdlet that returns objects as they arrive, from a source that may never end. Ctrl+C, <c>Select-Object -First</c>, <c>break</c> and a closed runspace end it at once,
/// and its connection with it.
/// </summary>
public abstract class StreamCmdlet : InputCmdlet
{
    private int _writtenCount;

    private protected StreamCmdlet()
    {
    }

    /// <summary>Stop after this many objects, counted over all sources. Default: no limit.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? MaxEvents { get; set; }

    /// <summary>Stop after this many seconds. Where several sources are followed one after the other, the limit applies to each. Default: no limit.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue / 1000)]
    public int? TimeoutSeconds { get; set; }

    /// <summary>
    /// Passes every object of <paramref name="source"/> to <paramref name="onItem"/> on the pipeline thread until it ends, or one of the limits is
    /// reached.
    /// </summary>
    /// <param name="source">The source.</param>
    /// <param name="onItem">Processes an object; false if it does not count towards -MaxEvents.</param>
    /// <param name="onError">Writes a failure of the source.</param>
    /// <returns>False if the time limit was reached.</returns>
    private protected bool Follow<T>(Func<CancellationToken, IAsyncEnumerable<T>> source, Func<T, bool> onItem, Action<Exception> onError)
    {
        WriteVerbose($"Listening to {Client.BaseUri.Host}; Ctrl+C stops it.");
        using var limit = new CancellationTokenSource(TimeoutSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : Timeout.InfiniteTimeSpan, Client.Time);
        using IEnumerator<T> objects = Pump.Enumerate(source, limit.Token).GetEnumerator();
        while (MaxEvents is not { } maxEvents || _writtenCount < maxEvents)
        {
            try
            {
                if (!objects.MoveNext())
                {
                    return true;
                }
            }
            catch (OperationCanceledException) when (limit.IsCancellationRequested && !Pump.Token.IsCancellationRequested)
            {
                return false;
            }
            catch (Exception e) when (ErrorCatalogue.IsClientException(e))
            {
                onError(e);
                return true;
            }
            // An exception from a write is not a failure of the source: the pipeline ends, or a later command of it failed.
            if (onItem(objects.Current))
            {
                _writtenCount++;
            }
            Pump.Drain();
        }
        return true;
    }
}
