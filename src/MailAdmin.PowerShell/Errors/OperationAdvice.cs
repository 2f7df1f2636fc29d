// What to do next where it depends on the operation rather than on the error alone.
using MailAdmin.Client;

namespace MailAdmin.PowerShell.Errors;

/// <summary>Advice for errors of one operation.</summary>
internal static class OperationAdvice
{
    /// <summary>The advice, or null where the general one fits.</summary>
    public static string? Find(MailServerException e) => (e.Code, e.Operation) switch
    {
        (MailErrorCode.AlreadyExists, "POST /dkim") => "Give the new signature another -Id, and its own -Selector. Get-MailDkimSignature lists those there are.",
        (MailErrorCode.NotFound, "POST /account/auth") => "(Get-MailAccountAuth).AppPassword lists those there are.",
        (MailErrorCode.TimedOut, "GET /troubleshoot/delivery/{target}") => "Give the test more time with -TimeoutSeconds, or each step less with -StepTimeoutSeconds.",
        (MailErrorCode.Unsupported, var operation) when RequiresLicense(operation) => "This takes a Stalwart Enterprise licence.",
        (MailErrorCode.NotFound, "GET /dkim/{id}") => "Get-MailDkimSignature lists the signatures there are.",
        (MailErrorCode.NotFound, var operation) when operation.StartsWith("GET /store/reindex", StringComparison.Ordinal) => "Check the account's name with Get-MailPrincipal.",
        (MailErrorCode.NotFound, var operation) when IsSettingsOperation(operation) => "Get-MailSetting -Prefix lists the keys below a prefix.",
        (MailErrorCode.AssertFailed, var operation) when IsSettingsOperation(operation) => "Leave out -NoClobber to write over what is there.",
        (MailErrorCode.Unsupported or MailErrorCode.Refused, var operation) when IsTelemetryOperation(operation) && e.Field is { } store =>
            $"Get-MailSetting -Prefix {store} shows how it is set: {store}.enable and {store}.store switch a history on, after a reload.",
        (MailErrorCode.Unsupported, var operation) when IsTelemetryOperation(operation) => "Metrics and traces are part of Stalwart Enterprise. Get-MailServerLog works in every edition.",
        (MailErrorCode.NotFound, "GET /telemetry/trace/{id}") => "Get-MailTrace lists the traces there are. The server drops them after a while (setting tracing.history.retention).",
        (MailErrorCode.Unsupported, "GET /logs") => "The server writes no log files. A tracer of type 'log' makes it (Get-MailSetting -Prefix tracer); it then shows what is written from there on.",
        (MailErrorCode.ServerError, "GET /update/spam-filter" or "GET /update/webadmin") => "The server downloads updates itself: check that it reaches the network, and look at its log.",
        (MailErrorCode.Forbidden, "POST /spam-filter/classify") => "The account needs the permission spam-filter-train (from server 0.15 on: spam-filter-test).",
        (MailErrorCode.Forbidden, var operation) when operation.Contains(" /spam-filter/", StringComparison.Ordinal) => "The account needs the permission spam-filter-train.",
        (MailErrorCode.Forbidden, "POST /troubleshoot/dmarc") => "The account needs the permission troubleshoot.",
        (MailErrorCode.Refused, var operation) when operation.Contains(" /spam-filter/", StringComparison.Ordinal) || operation == "POST /troubleshoot/dmarc" =>
            "The server sees no mail message in it. Give the message as it came, with its headers.",
        (MailErrorCode.NotFound, var operation) when operation.Contains(" /spam-filter/", StringComparison.Ordinal) => "Check the account's name with Get-MailPrincipal; names are logins, not addresses.",
        (MailErrorCode.RefusedByClient, var operation) when operation.Contains(" /spam-filter/", StringComparison.Ordinal) || operation == "POST /troubleshoot/dmarc" =>
            "Take its attachments off, or leave it out.",
        _ => null,
    };

    private static bool IsTelemetryOperation(string operation) => operation.Contains(" /telemetry/", StringComparison.Ordinal);

    private static bool RequiresLicense(string operation) => operation.Contains(" /store/undelete", StringComparison.Ordinal) || operation.Contains(" /telemetry/live/", StringComparison.Ordinal);

    private static bool IsSettingsOperation(string operation) => operation.Contains(" /settings", StringComparison.Ordinal);
}
