using System.Management.Automation;
using System.Reflection;
using MailAdmin.Client;
using MailAdmin.PowerShell.Errors;

namespace MailAdmin.PowerShell.Pipeline;

/// <summary>A cmdlet that waits for asynchronous work on the pipeline thread and stops it when the pipeline stops.</summary>
public abstract class MailCmdlet : EngineCmdlet, IDisposable
{
    private const string WaitingActivity = "Waiting for the server";
    private readonly HashSet<string> _targets = new(StringComparer.Ordinal);
    private readonly HashSet<string> _reported = new(StringComparer.Ordinal);
    private bool _isWaitShown;

    private protected MailCmdlet() => Pump = new PipelinePump { WaitEnded = RemoveShownWait };

    /// <summary>Runs asynchronous work from the pipeline thread.</summary>
    private protected PipelinePump Pump { get; }

    /// <inheritdoc/>
    protected sealed override void StopProcessing() => Pump.Stop();

    /// <summary>Cancels the work in progress. PowerShell calls this in every case, also when the pipeline ends early.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Cancels the work in progress.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            Pump.Dispose();
        }
    }

    /// <summary>Whether -WhatIf applies, specified here or inherited.</summary>
    private protected bool WhatIfRequested => MyInvocation.BoundParameters.TryGetValue("WhatIf", out object? given)
        ? (SwitchParameter)given
        : LanguagePrimitives.IsTrue(GetVariableValue("WhatIfPreference"));

    /// <summary>Whether to act. -Force skips the confirmation, never -WhatIf.</summary>
    /// <param name="target">What is acted on.</param>
    /// <param name="action">What is done to it, and what is lost by it.</param>
    /// <param name="force">The cmdlet's -Force; null where it has none that skips the confirmation.</param>
    private protected bool ShouldAct(string target, string action, SwitchParameter? force = null)
    {
        target = AddServer(target);
        // ShouldProcess itself ignores -Force.
        if (force is { IsPresent: true } && !WhatIfRequested)
        {
            return true;
        }
        return AskOrThrow(() => ShouldProcess(target, action), target, action, force);
    }

    /// <summary>Says that nothing is to be changed: with -WhatIf in place of what would be done, else to who wants to know.</summary>
    private protected void WriteUnchanged(string target)
    {
        string text = $"{AddServer(target)} already has these values: nothing is sent.";
        if (WhatIfRequested)
        {
            Announce(text);
        }
        else
        {
            WriteVerbose(text);
        }
    }

    /// <summary>
    /// Whether to act on everything, or with a loss that the command's name does not show: confirmed once, whatever the cmdlet's impact, and
    /// Enter means no. -Force, -Confirm:$false and $ConfirmPreference None skip the confirmation, never -WhatIf.
    /// </summary>
    /// <param name="target">What is acted on.</param>
    /// <param name="action">What is done to it, and what is lost by it.</param>
    /// <param name="force">The cmdlet's -Force.</param>
    /// <param name="describe">Describes the target for the question, such as its count, where that takes a request of its own.</param>
    private protected bool ShouldActOnAll(string target, string action, SwitchParameter force, Func<string>? describe = null)
    {
        if (WhatIfRequested)
        {
            return ShouldProcess(AddServer(target), action);
        }
        if (force || IsConfirmDisabled)
        {
            return true;
        }
        string described = AddServer(describe?.Invoke() ?? target);
        return AskOrThrow(() => Prompts.Confirm(Host, MyInvocation.MyCommand.Name, ToQuestion(described, action)), described, action, force);
    }

    /// <summary>
    /// Says that the server compares a text as it is written: a domain of another alphabet has two spellings (<c>müller.example</c>, <c>xn--mller-kva.example</c>), and
    /// one of them is not found by the other.
    /// </summary>
    private protected void WarnOfOtherSpelling(params ReadOnlySpan<string?> texts)
    {
        foreach (string? text in texts)
        {
            if (text is not null && text.Contains('.', StringComparison.Ordinal) && DomainName.GetOtherSpelling(text[(text.LastIndexOf('@') + 1)..]) is { } other)
            {
                WriteWarning($"The server looks for '{text}' as it is written. The domain is also spelt '{other}': what is there in that spelling is found by that.");
            }
        }
    }

    /// <summary>Whether the command meets a target for the first time; else warns. What is named twice is acted on once: the second time it may be gone.</summary>
    /// <param name="target">The target as the warning calls it.</param>
    private protected bool IsFirst(string target)
    {
        bool isFirst = _targets.Add(target);
        if (!isFirst)
        {
            WarnOfRepetition(target);
        }
        return isFirst;
    }

    /// <summary>Says that a target was named before.</summary>
    private protected void WarnOfRepetition(string target) => WriteWarning($"This command has named {target} already, and acts on it once.");

    /// <summary>
    /// Whether to go on to the question: with -WhatIf, and before somebody is asked, reads what the write needs, and writes the error that would come. Always true where nobody is asked: then
    /// the server itself answers.
    /// </summary>
    /// <param name="check">Throws what the server would say.</param>
    /// <param name="target">What the error is about.</param>
    /// <param name="isOfAll">Whether <see cref="ShouldActOnAll"/> asks.</param>
    // Whoever may write but not read, as the server itself has just said, cannot be told.
    private protected bool PassesCheck(Func<CancellationToken, Task> check, object? target, bool isOfAll = false) =>
        !NeedsCheck(isOfAll) || Passes(check, target, e => e.Code == MailErrorCode.Forbidden && (e.MissingPermissions.Count == 0 || e.ServerCode is not null));

    /// <summary>Whether -WhatIf applies, or somebody will be asked.</summary>
    private protected bool NeedsCheck(bool isOfAll = false) => WhatIfRequested
        || !(IsForced || IsConfirmDisabled) && (isOfAll || IsConfirmRequested || GetType().GetCustomAttribute<CmdletAttribute>()!.ConfirmImpact >= ConfirmPreference);

    /// <summary>Whether a check fails; writes its error.</summary>
    private protected bool Passes(Func<CancellationToken, Task> check, object? target, Func<MailServerException, bool> isIgnored)
    {
        try
        {
            Pump.Wait(check(Pump.Token));
            return true;
        }
        catch (MailServerException e) when (isIgnored(e))
        {
            return true;
        }
        catch (Exception e) when (ErrorCatalogue.IsClientException(e))
        {
            WriteItemError(e, target);
            return false;
        }
    }

    /// <summary>Writes the error of one item, or ends the pipeline where every further item would fail too (the sign-in has ended).</summary>
    private protected virtual void WriteItemError(Exception exception, object? target)
    {
        ErrorRecord record = CreateErrorRecord(exception, target);
        if (ErrorCatalogue.IsTerminating(exception))
        {
            ThrowTerminatingError(record);
        }
        WriteError(record);
    }

    /// <summary>Ends the cmdlet with a failure.</summary>
    private protected void ThrowTerminating(Exception exception, object? target) => ThrowTerminatingError(CreateErrorRecord(exception, target));

    /// <summary>The record of a failure. A pipeline that is stopping is not a failure.</summary>
    private protected ErrorRecord CreateErrorRecord(Exception exception, object? target) => exception is OperationCanceledException && Pump.Token.IsCancellationRequested
        ? throw new PipelineStoppedException()
        : ErrorCatalogue.CreateErrorRecord(exception, target);

    /// <summary>Ends the cmdlet if a filter is blank: to the server it would mean everything.</summary>
    private protected void ThrowIfBlank(string? value, string parameter)
    {
        if (value is not null && string.IsNullOrWhiteSpace(value))
        {
            ThrowTerminatingError(ErrorCatalogue.EmptyFilter(parameter, value));
        }
    }

    /// <summary>Writes the file that the cmdlet made, through the provider as Get-Item would: its view needs more than a bare FileInfo.</summary>
    private protected void WriteFileInfo(string path)
        => WriteObject(InvokeProvider.Item.Get([path], force: true, literalPath: true), enumerateCollection: true);

    /// <summary>Shows that the client waits, and why.</summary>
    private protected void ReportWait(WaitNotice notice) => Pump.Post(() =>
    {
        if (notice.TryTakeAnnouncement())
        {
            WriteWarning(notice.Reason);
        }
        else
        {
            WriteVerbose(notice.Reason);
        }
        if (notice is { Kind: WaitKind.Outage, Duration.Ticks: 0 })
        {
            RemoveShownWait();
        }
        else if (notice.Duration >= TimeSpan.FromSeconds(1))
        {
            WriteProgress(new ProgressRecord(ProgressActivity.Waiting, WaitingActivity, notice.Reason)
            {
                SecondsRemaining = (int)Math.Ceiling(notice.Duration.TotalSeconds),
            });
            _isWaitShown = true;
        }
    });

    private protected void ReportWarning(ClientWarning warning) => Pump.Post(() =>
    {
        // One command asks for one thing several times.
        if (warning.TryTake() && _reported.Add(warning.Message))
        {
            WriteWarning(warning.Message);
        }
    });

    // PowerShell itself removes it only at the next prompt: in a script it would stay until the script's end, once for each command that waited.
    private void RemoveShownWait()
    {
        if (_isWaitShown)
        {
            _isWaitShown = false;
            WriteProgress(new ProgressRecord(ProgressActivity.Waiting, WaitingActivity, "Done") { RecordType = ProgressRecordType.Completed });
        }
    }

    private bool IsForced => MyInvocation.BoundParameters.TryGetValue("Force", out object? given) && (SwitchParameter)given;

    private bool IsConfirmRequested => MyInvocation.BoundParameters.TryGetValue("Confirm", out object? given) && (SwitchParameter)given;

    private bool IsConfirmDisabled => MyInvocation.BoundParameters.TryGetValue("Confirm", out object? given) ? !(SwitchParameter)given : ConfirmPreference == ConfirmImpact.None;

    private ConfirmImpact ConfirmPreference => LanguagePrimitives.TryConvertTo(GetVariableValue("ConfirmPreference"), out ConfirmImpact preference) ? preference : ConfirmImpact.High;

    private bool AskOrThrow(Func<bool> ask, string target, string action, SwitchParameter? force)
    {
        try
        {
            return ask();
        }
        catch (Exception e) when (Prompts.IsUnavailable(e))
        {
            ThrowTerminatingError(ErrorCatalogue.PromptUnavailable(ToQuestion(target, action), canForce: force is not null, e));
            throw;
        }
    }

    // Where there are several servers, a question says which one it is about.
    private string AddServer(string target) => ServerLabel is not { } server || target == server ? target : $"{target} on {server}";

    private static string ToQuestion(string target, string action) => DisplayText.Clean($"{action}: {target}?");
}
