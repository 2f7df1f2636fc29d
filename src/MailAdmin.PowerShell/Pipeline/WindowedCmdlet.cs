// The base of every cmdlet that sends one request or more per input object.
using System.Management.Automation;

namespace MailAdmin.PowerShell.Pipeline;

/// <summary>
/// A cmdlet that starts an item's request in ProcessRecord and keeps a bounded window under way; results and errors leave in input order.
/// </summary>
public abstract class WindowedCmdlet : ConnectedCmdlet
{
    private OrderedWindow? _window;

    private protected WindowedCmdlet()
    {
    }

    /// <summary>How many requests may be under way at once. Default: what the server allows the account, 4, or 16 with <c>unlimited-requests</c>.</summary>
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

    /// <summary>Waits for everything under way, so that what follows finds what went before (or what went before is done without it).</summary>
    private protected void DrainWindow() => _window?.Drain();

    /// <summary>Starts <paramref name="work"/>; on the pipeline thread, in input order, <paramref name="onSuccess"/> gets its result or an ErrorRecord names <paramref name="input"/>.</summary>
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
