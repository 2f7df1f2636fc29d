// What the cmdlets share that give out objects while they arrive.
using System.Management.Automation;
using MailAdmin.PowerShell.Errors;

namespace MailAdmin.PowerShell.Pipeline;

/// <summary>
/// A cmdlet that follows something that may never end. Ctrl+C, <c>Select-Object -First</c>, <c>break</c> and a closed runspace end it at once,
/// and its connection with it.
/// </summary>
public abstract class StreamCmdlet : ConnectedCmdlet
{
    private int _writtenCount;

    private protected StreamCmdlet()
    {
    }

    /// <summary>End after so many objects.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? MaxEvents { get; set; }

    /// <summary>End after so many seconds; where several things are followed one after the other, each of them.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue / 1000)]
    public int? TimeoutSeconds { get; set; }

    /// <summary>Hands every object of <paramref name="source"/> to <paramref name="onItem"/> on the pipeline thread until it ends, or one of the limits is reached.</summary>
    /// <param name="source">What is followed.</param>
    /// <param name="onItem">Takes an object; false: it does not count towards -MaxEvents.</param>
    /// <param name="onError">Writes a failure of the source.</param>
    /// <returns>False: the time was over.</returns>
    private protected bool Follow<T>(Func<CancellationToken, IAsyncEnumerable<T>> source, Func<T, bool> onItem, Action<Exception> onError)
    {
        WriteVerbose($"Listening to {Client.BaseUri.Host}; Ctrl+C ends it.");
        using var limit = new CancellationTokenSource(TimeoutSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : Timeout.InfiniteTimeSpan, Client.Time);
        using IEnumerator<T> objects = Pump.Enumerate(source, limit.Token).GetEnumerator();
        while (MaxEvents is not { } most || _writtenCount < most)
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
            // What a write throws is no failure of the source: it ends the pipeline, or a later command of it failed.
            if (onItem(objects.Current))
            {
                _writtenCount++;
            }
            Pump.Drain();
        }
        return true;
    }
}
