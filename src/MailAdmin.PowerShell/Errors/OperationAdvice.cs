// What to do next where it depends on the operation rather than on the error alone.
using MailAdmin.Client;

namespace MailAdmin.PowerShell.Errors;

/// <summary>Advice for errors of some operations.</summary>
internal static class OperationAdvice
{
    private static readonly Operation[] s_settings =
    [
        Operations.GetSettings, Operations.ListSettings, Operations.ListSettingGroups, Operations.ChangeSettings, Operations.DeleteSetting,
    ];

    private static readonly Operation[] s_training =
    [
        Operations.TrainSpam, Operations.TrainHam, Operations.TrainSpamForAccount, Operations.TrainHamForAccount,
        Operations.UploadSpam, Operations.UploadHam, Operations.UploadSpamForAccount, Operations.UploadHamForAccount,
        Operations.StartTraining, Operations.StopTraining, Operations.ResetTraining, Operations.DeleteTraining, Operations.GetTrainingStatus,
    ];

    // What takes a message, and says so where it is none.
    private static readonly Operation[] s_messages = [.. s_training, Operations.ClassifyMessage, Operations.TestDmarc];

    private static readonly Operation[] s_telemetry =
    [
        Operations.ListMetrics, Operations.WatchMetrics, Operations.ListTraces, Operations.GetTrace, Operations.WatchTraces,
    ];

    private static readonly (MailErrorCode Code, Operation[] Operations, string Advice)[] s_advice =
    [
        (MailErrorCode.AlreadyExists, [Operations.CreateDkimSignature], "Give the new signature another -Id, and its own -Selector. Get-MailDkimSignature lists those there are."),
        (MailErrorCode.AssertFailed, s_settings, "Leave out -NoClobber to write over what is there."),
        (MailErrorCode.Forbidden, [Operations.ClassifyMessage], "The account needs the permission spam-filter-train (from server 0.15 on: spam-filter-test)."),
        (MailErrorCode.Forbidden, s_training, "The account needs the permission spam-filter-train."),
        (MailErrorCode.Forbidden, [Operations.TestDmarc], "The account needs the permission troubleshoot."),
        (MailErrorCode.NotFound, [Operations.ChangeAccountAuth], "(Get-MailAccountAuth).AppPassword lists those there are."),
        (MailErrorCode.NotFound, [Operations.GetDkimPublicKey], "Get-MailDkimSignature lists the signatures there are."),
        (MailErrorCode.NotFound, [Operations.Reindex, Operations.ReindexAccount, Operations.ReindexNamed, Operations.ReindexNamedForAccount], "Check the account's name with Get-MailPrincipal."),
        (MailErrorCode.NotFound, s_settings, "Get-MailSetting -Prefix lists the keys below a prefix."),
        (MailErrorCode.NotFound, [Operations.GetTrace], "Get-MailTrace lists the traces there are. The server drops them after a while (setting tracing.history.retention)."),
        (MailErrorCode.NotFound, [.. s_training, Operations.ClassifyMessage], "Check the account's name with Get-MailPrincipal; names are logins, not addresses."),
        (MailErrorCode.NotFound,
            [
                Operations.ListQueueMessages, Operations.RescheduleQueueMessages, Operations.CancelQueueMessages,
                Operations.GetQueueMessage, Operations.RescheduleQueueMessage, Operations.CancelQueueMessage,
            ],
            "It may have been delivered or given up meanwhile. Get-MailQueueMessage lists what waits."),
        (MailErrorCode.NotFound,
            [Operations.ListQueueReports, Operations.DeleteQueueReports, Operations.GetQueueReport, Operations.DeleteQueueReport],
            "It may have been sent meanwhile. Get-MailQueueReport -IdOnly lists what waits."),
        (MailErrorCode.NotFound,
            [Operations.ListDmarcReports, Operations.ListTlsReports, Operations.ListArfReports, Operations.GetReport, Operations.DeleteReport, Operations.DeleteReports],
            "It may have expired meanwhile. Get-MailDmarcReport, Get-MailTlsReport and Get-MailArfReport list what is there with -IdOnly."),
        (MailErrorCode.Refused, s_messages, "The server sees no mail message in it. Give the message as it came, with its headers."),
        (MailErrorCode.RefusedByClient, s_messages, "Take its attachments off, or leave it out."),
        (MailErrorCode.ServerError, [Operations.UpdateSpamFilter, Operations.UpdateWebAdmin], "The server downloads updates itself: check that it reaches the network, and look at its log."),
        (MailErrorCode.TimedOut, [Operations.TestDelivery], "Give the test more time with -TimeoutSeconds, or each step less with -StepTimeoutSeconds."),
        (MailErrorCode.Unsupported,
            [Operations.ListDeletedItems, Operations.RestoreDeletedItems, Operations.RequestMetricsToken, Operations.RequestTracingToken],
            "This takes a Stalwart Enterprise licence."),
        (MailErrorCode.Unsupported, s_telemetry, "Metrics and traces are part of Stalwart Enterprise. Get-MailServerLog works in every edition."),
        (MailErrorCode.Unsupported, [Operations.ListLogs], "The server writes no log files. A tracer of type 'log' makes it (Get-MailSetting -Prefix tracer); it then shows what is written from there on."),
    ];

    /// <summary>The advice, or null where the general one fits.</summary>
    public static string? Find(MailServerException e) =>
        FindStoreAdvice(e) ?? Array.Find(s_advice, advice => advice.Code == e.Code && advice.Operations.Contains(e.Operation)).Advice;

    // A history that is not kept is named by the settings that would switch it on.
    private static string? FindStoreAdvice(MailServerException e) =>
        e is { Code: MailErrorCode.Unsupported or MailErrorCode.Refused, Field: { } store } && s_telemetry.Contains(e.Operation)
            ? $"Get-MailSetting -Prefix {store} shows how it is set: {store}.enable and {store}.store switch a history on, after a reload."
            : null;
}
