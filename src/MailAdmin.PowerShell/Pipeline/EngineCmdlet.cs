// A command for several servers is one cmdlet that PowerShell runs, and one for each server that only this one runs: what these say goes out through it, so that -ErrorVariable, -WhatIf,
// a redirection or Select-Object -First mean the whole command.
using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using System.Management.Automation.Host;
using MailAdmin.Client;
using MailAdmin.PowerShell.Errors;
using MailAdmin.PowerShell.Formatting;

namespace MailAdmin.PowerShell.Pipeline;

/// <summary>
/// What a cmdlet has from PowerShell: its own, or that of the cmdlet that runs it for one of several servers. What is written may quote strangers, and the terminal would obey
/// their control characters: it is cleaned here, and where there are several servers, it names its own.
/// </summary>
public abstract class EngineCmdlet : PSCmdlet
{
    private protected EngineCmdlet()
    {
    }

    /// <summary>The cmdlet that runs this one; null where PowerShell does.</summary>
    private protected EngineCmdlet? Runner { get; set; }

    /// <summary>The server that is named in what is written; null where there is only one.</summary>
    private protected string? ServerLabel { get; set; }

    internal new InvocationInfo MyInvocation => Runner?.MyInvocation ?? base.MyInvocation;

    internal new string ParameterSetName => Runner?.ParameterSetName ?? base.ParameterSetName;

    /// <summary>Null where the cmdlet has none.</summary>
    internal new PagingParameters PagingParameters => Runner?.PagingParameters ?? base.PagingParameters;

    internal new PSHost Host => Runner?.Host ?? base.Host;

    internal new SessionState SessionState => Runner?.SessionState ?? base.SessionState;

    internal new ProviderIntrinsics InvokeProvider => Runner?.InvokeProvider ?? base.InvokeProvider;

    internal new object? GetVariableValue(string name) => Runner is null ? base.GetVariableValue(name) : Runner.GetVariableValue(name);

    internal new bool ShouldProcess(string target, string action) => Runner is null
        ? base.ShouldProcess(DisplayText.Clean(target), DisplayText.Clean(action))
        : Runner.ShouldProcess(target, action);

    /// <summary>Says with -WhatIf what else would be.</summary>
    internal void Announce(string text)
    {
        if (Runner is null)
        {
            base.ShouldProcess(DisplayText.Clean(text), null, null);
        }
        else
        {
            Runner.Announce(text);
        }
    }

    /// <summary>Writes an object.</summary>
    internal new void WriteObject(object? value) => WriteObject(value, enumerateCollection: false);

    /// <summary>Writes an object, or those of a list.</summary>
    internal new void WriteObject(object? value, bool enumerateCollection)
    {
        if (enumerateCollection && value is IEnumerable<ServerObject> objects)
        {
            foreach (ServerObject one in objects)
            {
                PassOn(Stamp(one), enumerateCollection: false);
            }
            return;
        }
        PassOn(Stamp(value), enumerateCollection);
    }

    /// <summary>Writes an error; its exception keeps the text as it is.</summary>
    internal new void WriteError(ErrorRecord record) => PassOn(DisplayedError.Label(DisplayedError.WithTarget(record, record.TargetObject is ServerObject { Server: null } ? Stamp(record.TargetObject) : record.TargetObject), ServerLabel));

    /// <summary>What an object looks like when it leaves.</summary>
    private protected virtual object? Stamp(object? value) => value;

    /// <summary>Whether what one of several servers has given belongs to the output.</summary>
    private protected virtual bool Selects(object? value) => true;

    private void PassOn(object? value, bool enumerateCollection)
    {
        if (Runner is null)
        {
            base.WriteObject(BriefOutput.Apply(value), enumerateCollection);
        }
        else if (Runner.Selects(value))
        {
            Runner.PassOn(ServerViews.Select(value), enumerateCollection);
        }
    }

    private void PassOn(ErrorRecord record)
    {
        if (Runner is null)
        {
            base.WriteError(DisplayedError.Clean(record));
        }
        else
        {
            Runner.PassOn(record);
        }
    }

    /// <summary>Ends the cmdlet with an error, or its work on one of several servers; its exception keeps the text as it is.</summary>
    [DoesNotReturn]
    internal new void ThrowTerminatingError(ErrorRecord record)
    {
        if (Runner is not null)
        {
            throw new ServerFailedException(record);
        }
        base.ThrowTerminatingError(DisplayedError.Clean(record));
        throw new InvalidOperationException("ThrowTerminatingError does not return.");
    }

    /// <summary>Writes a warning.</summary>
    internal new void WriteWarning(string text)
    {
        if (Runner is null)
        {
            base.WriteWarning(DisplayText.Clean(text));
        }
        else
        {
            Runner.WriteWarning(Label(text));
        }
    }

    /// <summary>Writes a verbose message.</summary>
    internal new void WriteVerbose(string text)
    {
        if (Runner is null)
        {
            base.WriteVerbose(DisplayText.Clean(text));
        }
        else
        {
            Runner.WriteVerbose(Label(text));
        }
    }

    /// <summary>Tells at the terminal what a command did to many at once, as Write-Host does; a script that captures the output does not get it.</summary>
    internal void WriteSummary(string text)
    {
        if (Runner is null)
        {
            WriteInformation(new HostInformationMessage { Message = DisplayText.Clean(text) }, ["PSHOST"]);
        }
        else
        {
            Runner.WriteSummary(Label(text));
        }
    }

    /// <summary>Shows progress.</summary>
    internal new void WriteProgress(ProgressRecord record)
    {
        if (Runner is not null)
        {
            Runner.WriteProgress(record);
            return;
        }
        record.Activity = DisplayText.Clean(record.Activity);
        record.StatusDescription = DisplayText.Clean(record.StatusDescription);
        record.CurrentOperation = record.CurrentOperation is { } operation ? DisplayText.Clean(operation) : null;
        base.WriteProgress(record);
    }

    private string Label(string text) => ServerLabel is null ? text : $"{ServerLabel}: {text}";
}

/// <summary>The work on one of several servers has ended with an error; the others go on.</summary>
internal sealed class ServerFailedException(ErrorRecord record) : Exception(record.Exception.Message, record.Exception)
{
    public ErrorRecord Record => record;
}
