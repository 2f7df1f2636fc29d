using MailAdmin.Client;

namespace MailAdmin.PowerShell.Errors;

/// <summary>Advice for errors, where it depends on the operation and not on the error alone.</summary>
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

    // Operations that take a message, and report text that is not one.
    private static readonly Operation[] s_messages = [.. s_training, Operations.ClassifyMessage, Operations.TestDmarc];

    private static readonly Operation[] s_telemetry =
    [
        Operations.ListMetrics, Operations.WatchMetrics, Operations.ListTraces, Operations.GetTrace, Operations.WatchTraces,
    ];

    private static readonly (MailErrorCode Code, Operation[] Operations, string Advice)[] s_advice =
    [
        (MailErrorCode.AlreadyExists, [Operations.CreateDkimSignature], "Specify another -Id for the new signature, and its own -Selector. Get-MailDkimSignature lists the existing signatures."),
        (MailErrorCode.PreconditionFailed, s_settings, "Omit -NoClobber to overwrite existing settings."),
        (MailErrorCode.Forbidden, [Operations.ClassifyMessage], "The account needs the permission spam-filter-train (from server 0.15 on: spam-filter-test)."),
        (MailErrorCode.Forbidden, s_training, "The account needs the permission spam-filter-train."),
        (MailErrorCode.Forbidden, [Operations.TestDmarc], "The account needs the permission troubleshoot."),
        (MailErrorCode.NotFound, [Operations.ChangeAccountAuth], "(Get-MailAccountAuth).AppPassword lists the existing app passwords."),
        (MailErrorCode.NotFound, [Operations.GetDkimPublicKey], "Get-MailDkimSignature lists the existing signatures."),
        (MailErrorCode.NotFound, [Operations.Reindex, Operations.ReindexAccount, Operations.ReindexNamed, Operations.ReindexNamedForAccount], "Check the account's name with Get-MailPrincipal."),
        (MailErrorCode.NotFound, s_settings, "Get-MailSetting -Prefix lists the keys under a prefix."),
        (MailErrorCode.NotFound, [Operations.GetTrace], "Get-MailTrace lists the existing traces. The server deletes them after a while (setting tracing.history.retention)."),
        (MailErrorCode.NotFound, [.. s_training, Operations.ClassifyMessage], "Check the account's name with Get-MailPrincipal; names are logins, not addresses."),
        (MailErrorCode.NotFound,
            [
                Operations.ListQueueMessages, Operations.RescheduleQueueMessages, Operations.CancelQueueMessages,
                Operations.GetQueueMessage, Operations.RescheduleQueueMessage, Operations.CancelQueueMessage,
            ],
            "It may have been delivered or bounced since. Get-MailQueueMessage lists the waiting messages."),
        (MailErrorCode.NotFound,
            [Operations.ListQueueReports, Operations.DeleteQueueReports, Operations.GetQueueReport, Operations.DeleteQueueReport],
            "It may have been sent since. Get-MailQueueReport -IdOnly lists the waiting reports."),
        (MailErrorCode.NotFound,
            [Operations.ListDmarcReports, Operations.ListTlsReports, Operations.ListArfReports, Operations.GetReport, Operations.DeleteReport, Operations.DeleteReports],
            "It may have expired since. Get-MailDmarcReport, Get-MailTlsReport and Get-MailArfReport list the existing reports with -IdOnly."),
        (MailErrorCode.RejectedByServer, s_messages, "The server does not recognise it as a mail message. Specify the message as it was received, with its headers."),
        (MailErrorCode.RejectedByClient, s_messages, "Remove its attachments, or omit the message."),
        (MailErrorCode.ServerError, [Operations.UpdateSpamFilter, Operations.UpdateWebAdmin], "The server downloads updates itself: check that it reaches the network, and look at its log."),
        (MailErrorCode.TimedOut, [Operations.TestDelivery], "Allow more time for the test with -TimeoutSeconds, or less for each step with -StepTimeoutSeconds."),
        (MailErrorCode.Unsupported,
            [Operations.ListDeletedItems, Operations.RestoreDeletedItems, Operations.RequestMetricsToken, Operations.RequestTracingToken],
            "This requires a Stalwart Enterprise licence."),
        (MailErrorCode.Unsupported, s_telemetry, "Metrics and traces are part of Stalwart Enterprise. Get-MailServerLog works in every edition."),
        (MailErrorCode.Unsupported, [Operations.ListLogs], "The server writes no log files. Add a tracer of type 'log' (Get-MailSetting -Prefix tracer shows the tracers); the log then shows what is written from that time on."),
    ];

    /// <summary>The advice, or null where the general advice applies.</summary>
    public static string? Find(MailServerException e) =>
        FindStoreAdvice(e) ?? Array.Find(s_advice, advice => advice.Code == e.Code && advice.Operations.Contains(e.Operation)).Advice;

    // Where no history is kept, the error names the settings that switch it on.
    private static string? FindStoreAdvice(MailServerException e) =>
        e is { Code: MailErrorCode.Unsupported or MailErrorCode.RejectedByServer, Field: { } store } && s_telemetry.Contains(e.Operation)
            ? $"Get-MailSetting -Prefix {store} shows its settings: {store}.enable and {store}.store switch the history on, after a reload."
            : null;
}
