using System.Net;
using MailAdmin.Client.Calls;

namespace MailAdmin.Client;

/// <summary>
/// What the calls of one command for many items have in common: how many may be in flight, how long they wait for a server that is away, and whether
/// the command is stopped because the server fails again and again. Thread-safe.
/// </summary>
public sealed class Batch
{
    /// <summary>How long to wait for a server that is away, unless something else is asked for.</summary>
    public static readonly TimeSpan DefaultOutageTimeout = TimeSpan.FromMinutes(5);

    /// <summary>So many failures of the server, one after the other, stop the batch.</summary>
    public const int MaxFailuresInARow = 3;

    // Of writes that are sent again after a 500, since two that meet make one of them fail (docs/api.md trap 48): while they meet, one of them gets through.
    private const int MaxRepeatedFailuresInARow = 24;

    private readonly Lock _lock = new();
    private int _failuresInARow;
    private MailServerException? _lastFailure;
    private int _failedWritesInARow;
    private volatile bool _isReached;

    /// <param name="outageTimeout">How long to wait for a server that is away; zero = not at all.</param>
    /// <param name="maxConcurrency">How many calls may be in flight at once; null = as many as the connection allows.</param>
    public Batch(TimeSpan outageTimeout, int? maxConcurrency = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(outageTimeout, TimeSpan.Zero);
        OutageTimeout = outageTimeout;
        Slots = maxConcurrency is { } limit ? new SemaphoreSlim(limit, limit) : null;
    }

    /// <summary>How long to wait for a server that is away; zero = not at all.</summary>
    public TimeSpan OutageTimeout { get; }

    /// <summary>Why the batch is stopped: the last failure. Null while it goes on. Once it is stopped, nothing more is sent.</summary>
    public MailServerException? StoppedBy { get; private set; }

    /// <summary>Whether the last call that ended got no answer of the server.</summary>
    internal bool IsServerDown { get; private set; }

    /// <summary>The slots for calls in flight, where they are limited. Never disposed: a waiting call must get through and learn of the end.</summary>
    internal SemaphoreSlim? Slots { get; }

    /// <summary>
    /// Whether a call that gets no answer waits for the server to come back: only after an answer to an earlier one. A first call that fails is a wrong
    /// address, and is told at once.
    /// </summary>
    internal bool WaitsOutOutages => _isReached && OutageTimeout > TimeSpan.Zero;

    /// <summary>Counts what became of an item: failures of the server that follow each other directly stop the batch, and so do the end of the sign-in and a rate limit that lasts.</summary>
    /// <param name="error">Why it failed; null = it was done.</param>
    public void RecordOutcome(Exception? error)
    {
        lock (_lock)
        {
            if (error is MailServerException { Code: MailErrorCode.NotSent })
            {
                return;
            }
            if (error is MailServerException { Code: MailErrorCode.Unauthorized or MailErrorCode.SessionExpired or MailErrorCode.Banned or MailErrorCode.RateLimited } rejected)
            {
                // Every further call would be rejected too, and too many rejections ban the address. A rate limit is an error only once it was waited for long enough.
                StoppedBy ??= rejected;
            }
            // Of the items of one request each has its failure.
            if (IsServerFailure(error) && FindCause(error!) is var cause && cause != _lastFailure)
            {
                _lastFailure = cause;
                _failuresInARow++;
            }
            else if (!IsServerFailure(error))
            {
                _failuresInARow = 0;
            }
            if (_failuresInARow >= MaxFailuresInARow)
            {
                StoppedBy ??= (MailServerException)error!;
            }
        }
    }

    /// <summary>Stops the batch.</summary>
    internal void Stop(MailServerException reason)
    {
        lock (_lock)
        {
            StoppedBy ??= reason;
        }
    }

    /// <summary>
    /// The server has answered. Its failures are counted here and not only as outcomes: what became of a failed write is looked up before that is its
    /// outcome, and all the others would be sent in the meantime.
    /// </summary>
    internal void RecordAnswer(ApiRequestContext context, HttpStatusCode status)
    {
        _isReached = true;
        IsServerDown = false;
        if (!context.ChangesServer || context.OwnFailureMeansUndone)
        {
            return;
        }
        lock (_lock)
        {
            _failedWritesInARow = status >= HttpStatusCode.InternalServerError ? _failedWritesInARow + 1 : 0;
            if (_failedWritesInARow >= (context.Operation == Operations.PatchPrincipal ? MaxRepeatedFailuresInARow : MaxFailuresInARow))
            {
                StoppedBy ??= new MailServerException(MailErrorCode.ServerError, context.Operation, $"The server failed (status {(int)status}). Its log has the cause.") { Status = status };
            }
        }
    }

    /// <summary>A call got no answer of the server.</summary>
    internal void RecordSilence() => IsServerDown = true;

    /// <summary>As for the operation; but when writes failed, what became of each is still looked up, so that the same answer has the same outcome.</summary>
    /// <exception cref="MailServerException"><c>NotSent</c>: the batch is stopped.</exception>
    internal void ThrowIfStopped(ApiRequestContext context)
    {
        if (context.ChangesServer || StoppedBy is not { Status: >= HttpStatusCode.InternalServerError and { } status } reason || OutcomeRules.IsServerAway(status) || !reason.Operation.ChangesServer)
        {
            ThrowIfStopped(context.Operation);
        }
    }

    /// <exception cref="MailServerException"><c>NotSent</c>: the batch is stopped.</exception>
    internal void ThrowIfStopped(Operation operation)
    {
        if (StoppedBy is { } reason)
        {
            throw new MailServerException(MailErrorCode.NotSent, operation, $"Not sent, because the server failed before: {reason.Message}", reason);
        }
    }

    private static MailServerException FindCause(Exception error)
    {
        var cause = (MailServerException)error;
        while (cause.InnerException is MailServerException inner)
        {
            cause = inner;
        }
        return cause;
    }

    // A status of 500 or no answer in time. Where the answer was lost, the reason is inside.
    private static bool IsServerFailure(Exception? error) => error is MailServerException e
        && (e.Code is MailErrorCode.TimedOut or MailErrorCode.ServerError || e.Status == HttpStatusCode.InternalServerError
            || (e.Code == MailErrorCode.OutcomeUnknown && IsServerFailure(e.InnerException)));
}
