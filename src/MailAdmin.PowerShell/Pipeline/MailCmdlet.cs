// The base of every cmdlet: the pump, its end, and how an exception becomes an ErrorRecord.
using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Errors;

namespace MailAdmin.PowerShell.Pipeline;

/// <summary>A cmdlet that waits for asynchronous work on the pipeline thread and stops it when the pipeline stops.</summary>
public abstract class MailCmdlet : PSCmdlet, IDisposable
{
    private protected MailCmdlet()
    {
    }

    /// <summary>Runs asynchronous work from the pipeline thread.</summary>
    private protected PipelinePump Pump { get; } = new();

    /// <inheritdoc/>
    protected sealed override void StopProcessing() => Pump.Stop();

    /// <summary>Ends what is under way: called by PowerShell in every case, early ends of the pipeline included.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends what is under way.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            Pump.Dispose();
        }
    }

    /// <summary>Whether -WhatIf is in force, given here or inherited.</summary>
    private protected bool WhatIfRequested => MyInvocation.BoundParameters.TryGetValue("WhatIf", out object? given)
        ? (SwitchParameter)given
        : LanguagePrimitives.IsTrue(GetVariableValue("WhatIfPreference"));

    /// <summary>Asks whether to go on; where nobody can be asked, ends with an error that says what the question was and how to do without it.</summary>
    private protected bool ConfirmOrThrow(string question, string caption)
    {
        try
        {
            return ShouldContinue(question, caption);
        }
        catch (PSInvalidOperationException e)
        {
            ThrowTerminatingError(new ErrorRecord(
                new InvalidOperationException($"{question} Nobody can be asked here. If that is meant, say -Force or -Confirm:$false.", e), "NobodyToAsk", ErrorCategory.InvalidOperation, null));
            throw;
        }
    }

    /// <summary>Writes a failure of one item, or ends the pipeline where going on is pointless (the sign-in is gone).</summary>
    private protected void WriteItemError(Exception exception, object? target)
    {
        if (exception is OperationCanceledException && Pump.Token.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        ErrorRecord record = ErrorCatalogue.CreateErrorRecord(exception, target);
        if (ErrorCatalogue.IsTerminating(exception))
        {
            ThrowTerminatingError(record);
        }
        WriteError(record);
    }

    /// <summary>Ends the cmdlet with a failure.</summary>
    private protected void ThrowTerminating(Exception exception, object? target)
    {
        if (exception is OperationCanceledException && Pump.Token.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        ThrowTerminatingError(ErrorCatalogue.CreateErrorRecord(exception, target));
    }

    /// <summary>Writes the file that the cmdlet made, through the provider as Get-Item would: its view needs more than a bare FileInfo.</summary>
    private protected void WriteFileInfo(string path)
        => WriteObject(InvokeProvider.Item.Get([path], force: true, literalPath: true), enumerateCollection: true);

    /// <summary>Shows that the client waits, and why.</summary>
    private protected void ReportWait(WaitNotice notice) => Pump.Post(() =>
    {
        WriteVerbose(notice.Reason);
        if (notice.Duration >= TimeSpan.FromSeconds(1))
        {
            WriteProgress(new ProgressRecord(ProgressActivity.Waiting, "Waiting for the server", notice.Reason)
            {
                SecondsRemaining = (int)Math.Ceiling(notice.Duration.TotalSeconds),
            });
        }
    });
}
