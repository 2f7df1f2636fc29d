using System.Management.Automation;

namespace MailAdmin.PowerShell.Pipeline;

/// <summary>
/// A cmdlet that starts the request of each input object in ProcessRecord and keeps a bounded number in progress; results and errors are written in input order.
/// </summary>
public abstract class WindowedCmdlet : ConnectedCmdlet
{
    private OrderedWindow? _window;

    private protected WindowedCmdlet()
    {
    }

    /// <summary>How many requests may be in progress at once. Default: what the server allows the account, 4, or 16 with <c>unlimited-requests</c>.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int ThrottleLimit { get; set; }

    // The connection itself lets no more calls through than the server allows. A longer queue before it keeps the calls going while
    // the pipeline thread is busy with the output, and wakes that thread once for several results instead of once for each.
    private protected int WindowSize => ThrottleLimit > 0 ? ThrottleLimit : 4 * Client.ConcurrencyLimit;

    private OrderedWindow Window => _window ??= new OrderedWindow(Pump, WindowSize);

    /// <inheritdoc/>
    protected override void EndProcessing() => _window?.Drain();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _window?.CancelAndWait();
        }
        base.Dispose(disposing);
    }

    /// <summary>Waits for everything in progress, so that later requests find what earlier ones made (and earlier ones finish before a later one removes it).</summary>
    private protected void DrainWindow() => _window?.Drain();

    /// <summary>
    /// Starts <paramref name="work"/>; on the pipeline thread, in input order, <paramref name="onSuccess"/> gets its result or an ErrorRecord names
    /// <paramref name="input"/>.
    /// </summary>
    private protected void Start<T>(object input, Func<CancellationToken, Task<T>> work, Action<T>? onSuccess = null) => Window.Start(async token =>
    {
        try
        {
            T result = await work(token).ConfigureAwait(false);
            return () => onSuccess?.Invoke(result);
        }
        catch (Exception e)
        {
            return () => WriteItemError(e, input);
        }
    });

    /// <summary>Starts <paramref name="work"/> that has no result.</summary>
    private protected void Start(object input, Func<CancellationToken, Task> work, Action? onSuccess = null) => Start(
        input,
        async token =>
        {
            await work(token).ConfigureAwait(false);
            return true;
        },
        _ => onSuccess?.Invoke());
}
