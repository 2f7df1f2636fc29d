using System.Collections;
using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Cmdlets.Principal;
using MailAdmin.PowerShell.Errors;
using MailAdmin.PowerShell.Module;
using MailAdmin.PowerShell.Pipeline;
using MailAdmin.PowerShell.Sessions;

namespace MailAdmin.PowerShell.Cmdlets.Telemetry;

/// <summary>
/// Follows the events of the server (GET /telemetry/traces/live, from 0.16 on GET /live/tracing; Enterprise). With a filter, once an event of a trace has matched, all later
/// events of the trace are shown too. A stream that breaks off is opened again (shown with -Verbose); events in the meantime are missed.
/// </summary>
[Cmdlet(VerbsCommon.Watch, "MailTrace", DefaultParameterSetName = ByText,
    HelpUri = HelpPages.Folder + "Watch-MailTrace.md")]
[OutputType(typeof(MailTraceEvent))]
public sealed class WatchMailTrace : StreamCmdlet
{
    private const string ByText = "Text";
    private const string ByValue = "Value";

    /// <summary>A part of any text, time, flag or address of an event. No wildcards; numbers never match.</summary>
    [Parameter(Position = 0, ParameterSetName = ByText)]
    [ValidateNotNullOrEmpty]
    public string? Text { get; set; }

    /// <summary>A part of the other side's IP address, such as 203.0.113. No wildcards.</summary>
    [Parameter(ParameterSetName = ByValue)]
    [ValidateNotNullOrEmpty]
    public string? RemoteIp { get; set; }

    /// <summary>A part of the name of the account that the event names. No wildcards.</summary>
    [Parameter(ParameterSetName = ByValue)]
    [Alias("AccountName")]
    [PrincipalNameArgument]
    [ArgumentCompleter(typeof(PrincipalNameCompleter))]
    [ValidateNotNullOrEmpty]
    public PrincipalName? Account { get; set; }

    /// <summary>A part of the sender's address. No wildcards.</summary>
    [Parameter(ParameterSetName = ByValue)]
    [ValidateNotNullOrEmpty]
    public string? From { get; set; }

    /// <summary>A part of the domain that the event names. No wildcards.</summary>
    [Parameter(ParameterSetName = ByValue)]
    [ValidateNotNullOrEmpty]
    public string? Domain { get; set; }

    /// <summary>Parts of other values, by the keys that the Data of events has: <c>@{ hostname = 'mx.example.net' }</c>. All must match.</summary>
    [Parameter(ParameterSetName = ByValue)]
    [ValidateNotNullOrEmpty]
    public Hashtable? Value { get; set; }

    /// <summary>The connections to use, as objects or by name, also from the pipeline; each in its turn. Default: the runspace's default connection.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ConnectionArgument]
    [ArgumentCompleter(typeof(ConnectionNameCompleter))]
    [ValidateNotNullOrEmpty]
    public override MailConnection[]? Connection
    {
        get => base.Connection;
        set => base.Connection = value;
    }

    /// <inheritdoc/>
    private protected override string? OneServerReason => "Events are followed without end, on one server.";

    /// <inheritdoc/>
    private protected override void Begin()
    {
        WarnOfOtherSpelling(Text, From, Domain);
    }

    /// <inheritdoc/>
    private protected override void Process()
    {
        TraceFilter filter;
        try
        {
            filter = CreateFilter();
        }
        catch (Exception e) when (ErrorCatalogue.IsClientException(e))
        {
            WriteItemError(e, Text ?? (object?)Value);
            return;
        }
        Follow(token => Client.Live.WatchTracesAsync(filter, token), WriteEvent, e => WriteItemError(e, null));
    }

    private bool WriteEvent(MailTraceEvent traceEvent)
    {
        WriteObject(traceEvent);
        return true;
    }

    private TraceFilter CreateFilter()
    {
        if (ParameterSetName == ByText)
        {
            return Text is null ? TraceFilter.None : TraceFilter.Create(Text);
        }
        (string Key, string? Text)[] fromParameters = [("remoteIp", RemoteIp), ("accountName", Account?.Text), ("from", From), ("domain", Domain)];
        IEnumerable<KeyValuePair<string, string?>> specified = fromParameters.Where(pair => pair.Text is not null).Select(pair => KeyValuePair.Create(pair.Key, pair.Text));
        IEnumerable<KeyValuePair<string, string?>> fromTable = Value is null ? [] : Value.Cast<DictionaryEntry>().Select(entry => KeyValuePair.Create(InputText.Format(entry.Key), entry.Value is null ? null : InputText.Format(entry.Value)));
        return TraceFilter.Create(specified.Concat(fromTable));
    }
}
