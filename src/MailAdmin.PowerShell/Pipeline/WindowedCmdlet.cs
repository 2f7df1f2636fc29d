using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Errors;

namespace MailAdmin.PowerShell.Pipeline;

/// <summary>
/// A cmdlet that starts the request of each input object in ProcessRecord and keeps a bounded number in progress; results and errors are written in input order.
/// </summary>
public abstract class WindowedCmdlet : InputCmdlet
{
    // Rows in progress beyond the calls in flight keep the calls going while the pipeline thread is busy with the output, and wake that thread once
    // for several results instead of once for each.
    private const int MaxDefaultWindow = 128;
    private const int ShownCount = 5;
    private readonly List<object> _notSent = [];
    private OrderedWindow? _window;
    private int _doneCount;
    private int _failedCount;

    private protected WindowedCmdlet()
    {
    }

    /// <summary>
    /// How many requests may be in progress at once, at most. Default: as many as the server works on without delay, which is measured, and no more than
    /// it allows the account: 4, or 64 with <c>unlimited-requests</c>.
    /// </summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int ThrottleLimit { get; set; }

    /// <summary>
    /// How long to wait for a server that goes away during the work, as a time span or in seconds; 0 = not at all. Default: 5 minutes. If the first request
    /// already gets no answer, that is an error at once.
    /// </summary>
    [Parameter]
    [DurationArgument]
    public TimeSpan OutageTimeout { get; set; } = Batch.DefaultOutageTimeout;

    // While as many requests as may be are on their way, the items of the next are made ready.
    private protected int WindowSize => ThrottleLimit > 0 ? ThrottleLimit * Client.WritesPerRequest : Math.Max(Math.Min(4 * Client.ConcurrencyLimit, MaxDefaultWindow), (1 + Client.ConcurrencyLimit) * Client.WritesPerRequest);

    private OrderedWindow Window => _window ??= new OrderedWindow(Pump, WindowSize);

    /// <inheritdoc/>
    private protected sealed override MailClient OpenClient(MailClient client) =>
        client.ForBatch(new Batch(OutageTimeout, ThrottleLimit > 0 ? ThrottleLimit : null));

    /// <inheritdoc/>
    private protected override void End()
    {
        DrainWindow();
        WriteErrorIfStopped();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _window?.CancelAndWait();
        }
        base.Dispose(disposing);
    }

    /// <inheritdoc/>
    private protected override void WriteItemError(Exception exception, object? target)
    {
        if (exception is MailServerException { Code: MailErrorCode.NotSent })
        {
            _notSent.Add(target ?? "");
            return;
        }
        if (ErrorCatalogue.IsTerminating(exception))
        {
            // What is done already has a result, perhaps with a password that is nowhere else: that must come out, and $result = … must keep it.
            _window?.Drain();
            if (_doneCount > 0)
            {
                Client.Batch?.RecordOutcome(exception);
                WriteError(CreateErrorRecord(exception, target));
                return;
            }
        }
        base.WriteItemError(exception, target);
    }

    /// <summary>Waits for everything in progress, so that later requests find what earlier ones made (and earlier ones finish before a later one removes it).</summary>
    private protected void DrainWindow() => _window?.Drain();

    /// <summary>
    /// Starts <paramref name="work"/>; on the pipeline thread, in input order, <paramref name="onSuccess"/> gets its result or an ErrorRecord names
    /// <paramref name="input"/>, unless <paramref name="onError"/> tells of it in its own way. Sends nothing more if the server has failed several times in a
    /// row, or was away for too long: <paramref name="work"/> must let its failures out, since what it caught would count as done.
    /// </summary>
    private protected void Start<T>(object input, Func<CancellationToken, Task<T>> work, Action<T>? onSuccess = null, Action<Exception>? onError = null)
    {
        if (Client.Batch?.StoppedBy is not null)
        {
            _notSent.Add(input);
            return;
        }
        Window.Start(token => RunAsync(input, work, onSuccess, onError ?? (e => WriteItemError(e, input)), token));
    }

    /// <summary>
    /// The same; what is alone is finished, and its result written, before anything else is started. So is what gives a secret that nothing else has: if a command behind this
    /// one ends the pipeline, no other one is lost.
    /// </summary>
    private protected void StartAlone<T>(bool isAlone, object input, Func<CancellationToken, Task<T>> work, Action<T>? onSuccess = null)
    {
        if (isAlone)
        {
            DrainWindow();
        }
        Start(input, work, onSuccess);
        if (isAlone)
        {
            DrainWindow();
        }
    }

    /// <summary>Starts <paramref name="work"/> that has no result.</summary>
    private protected void Start(object input, Func<CancellationToken, Task> work, Action? onSuccess = null) => Start(
        input,
        async token =>
        {
            await work(token).ConfigureAwait(false);
            return true;
        },
        _ => onSuccess?.Invoke());

    private async Task<Action> RunAsync<T>(object input, Func<CancellationToken, Task<T>> work, Action<T>? onSuccess, Action<Exception> onError, CancellationToken cancellationToken)
    {
        try
        {
            T result = await work(cancellationToken).ConfigureAwait(false);
            Client.Batch?.RecordOutcome(null);
            return () =>
            {
                _doneCount++;
                onSuccess?.Invoke(result);
            };
        }
        catch (Exception e)
        {
            Client.Batch?.RecordOutcome(e);
            return e is MailServerException { Code: MailErrorCode.NotSent }
                ? () => _notSent.Add(input)
                : () =>
                {
                    _failedCount++;
                    onError(e);
                };
        }
    }

    // Not a terminating error: that would take the results of what was done from whoever assigns them to a variable.
    private void WriteErrorIfStopped()
    {
        if (Client.Batch?.StoppedBy is { } reason && _notSent.Count > 0)
        {
            WriteError(ErrorCatalogue.BatchStopped(
                reason,
                DescribeProgress(),
                "Look at the server and its log. When it works again, run the command once more for what was not sent; $Error[0].TargetObject holds that. A larger -OutageTimeout waits longer for a server that is away.",
                _notSent.ToArray()));
        }
    }

    private string DescribeProgress()
    {
        string more = _notSent.Count > ShownCount ? ", …" : "";
        return $"{_doneCount} done, {_failedCount} failed, {_notSent.Count} not sent ({string.Join(", ", _notSent.Take(ShownCount))}{more}).";
    }
}
