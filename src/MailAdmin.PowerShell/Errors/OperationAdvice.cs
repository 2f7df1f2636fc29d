using System.Net;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;

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

    private static readonly Operation[] s_liveTelemetry = [Operations.WatchTracesLive, Operations.WatchMetricsLive];

    // Operations that name an account, and nothing else that may be missing.
    private static readonly Operation[] s_accounts =
    [
        Operations.ReindexAccount, Operations.ReindexNamedForAccount, Operations.PurgeAccount, Operations.ResetImapUids, Operations.GetQuotaUsage,
        Operations.RecalculateQuotaUsage, Operations.ListDeletedItems, Operations.RestoreDeletedItems,
        Operations.TrainSpamForAccount, Operations.TrainHamForAccount, Operations.UploadSpamForAccount, Operations.UploadHamForAccount,
    ];

    private const string LicenceAdvice = "Metrics and traces are part of Stalwart Enterprise. Get-MailServerLog works in every edition.";

    private const int MaxUses = 3;

    private const string TakenAdvice = "Choose another name or address, or change the one that exists with Set-MailPrincipal.";

    private static readonly (MailErrorCode Code, Operation[] Operations, string Advice)[] s_advice =
    [
        (MailErrorCode.Unauthorized, [Operations.SignIn], "Check login and password and connect again."),
        (MailErrorCode.Unauthorized, [Operations.RequestOAuthCode], "Check login and password and connect again. The login is the account's name, not its address."),
        (MailErrorCode.Unauthorized, [Operations.ChangeAccountAuth], "Check the current password and the one-time code."),
        (MailErrorCode.AlreadyExists, [Operations.CreatePrincipal, Operations.PatchPrincipal], TakenAdvice),
        (MailErrorCode.AlreadyExists, [Operations.CreateDkimSignature], "Specify another -Id for the new signature, and its own -Selector. Get-MailDkimSignature lists the existing signatures."),
        (MailErrorCode.PreconditionFailed, s_settings, "Omit -NoClobber to overwrite existing settings."),
        (MailErrorCode.Forbidden, [Operations.ClassifyMessage], "The account needs the permission spam-filter-train (from server 0.15 on: spam-filter-test)."),
        (MailErrorCode.Forbidden, s_training, "The account needs the permission spam-filter-train."),
        (MailErrorCode.Forbidden, [Operations.TestDmarc], "The account needs the permission troubleshoot."),
        (MailErrorCode.NotFound, [Operations.ChangeAccountAuth], "(Get-MailAccountAuth).AppPassword lists the existing app passwords."),
        (MailErrorCode.NotFound, [Operations.GetDkimPublicKey], "Get-MailDkimSignature lists the existing signatures."),
        (MailErrorCode.NotFound, [Operations.GetPrincipal, Operations.DeletePrincipal], "Get-MailPrincipal lists the names; one of its addresses finds a principal, too."),
        (MailErrorCode.NotFound,
            [Operations.CreatePrincipal, Operations.PatchPrincipal],
            "Get-MailPrincipal lists the names. A domain must exist before addresses in it."),
        (MailErrorCode.NotFound, s_accounts, "Get-MailPrincipal lists the names; one of its addresses finds an account, too."),
        (MailErrorCode.NotFound, [Operations.GetBlob, Operations.DownloadBlob], "Blobs that exist are those of Get-MailQueueMessage and Get-MailDeletedItem."),
        (MailErrorCode.NotFound,
            [Operations.PurgeDataStore, Operations.PurgeInMemoryStore, Operations.PurgeInMemoryKind, Operations.PurgeInMemoryKindOfAccount],
            "Get-MailSetting -Prefix store lists the stores."),
        (MailErrorCode.NotFound, s_settings, "Get-MailSetting -Prefix lists the keys under a prefix."),
        (MailErrorCode.NotFound, [Operations.GetTrace], "Get-MailTrace lists the existing traces. The server deletes them after a while (setting tracing.history.retention)."),
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
        (MailErrorCode.Unsupported, s_telemetry, LicenceAdvice),
        (MailErrorCode.Unsupported, [Operations.ListLogs], "The server writes no log files. Add a tracer of type 'log' (Get-MailSetting -Prefix tracer shows the tracers); the log then shows what is written from that time on."),
    ];

    /// <summary>The advice, or null where the general advice applies.</summary>
    public static string? Find(MailServerException e) =>
        FindMissingRouteAdvice(e) ?? FindReferenceAdvice(e) ?? FindTakenAdvice(e) ?? FindUseAdvice(e) ?? FindIdAdvice(e) ?? FindLookupAdvice(e) ?? FindStoreAdvice(e) ?? FindMethodAdvice(e) ?? FindLicenceAdvice(e) ?? FindOwnAdvice(e) ?? Array.Find(s_advice, advice => advice.Code == e.Code && advice.Operations.Contains(e.Operation)).Advice;

    // A call that this build or version does not have, or a path that nobody knows.
    private static string? FindMissingRouteAdvice(MailServerException e) => e switch
    {
        { Status: not HttpStatusCode.NotFound } => null,
        { Code: MailErrorCode.Unsupported, Operation.IsEnterprise: true } => s_telemetry.Contains(e.Operation)
            ? "It takes one of the vendor's builds and a licence; a licence alone does not add it to this build. Get-MailServerLog works in every build."
            : "It takes one of the vendor's builds and a licence; a licence alone does not add it to this build.",
        { Code: MailErrorCode.Unsupported } => "Get-MailConnection shows the version of the server.",
        { Code: MailErrorCode.NotFound } when !Operations.All.Contains(e.Operation) => "Check method and path: a path is case-sensitive and below /api. Get-MailConnection shows the version of the server.",
        _ => null,
    };

    // A method that the server has, and does for those with a licence alone.
    private static string? FindLicenceAdvice(MailServerException e) =>
        e is { Code: MailErrorCode.Unsupported, ServerCode: "forbidden" } && e.Operation == Operations.CallJmap ? "This requires one of the vendor's builds with a Stalwart Enterprise licence." : null;

    // What the signed-in account may not do, or not have more of.
    private static string? FindOwnAdvice(MailServerException e) => e switch
    {
        { Code: MailErrorCode.Forbidden, Method: null, Status: not null } when e.Operation == Operations.CallJmap =>
            "Every call may be refused, since the account was disabled or lost a role: Test-MailConnection asks the server whether it still accepts this sign-in.",
        { Code: MailErrorCode.RejectedByServer, Field: "spamFilterRulesUrl" } =>
            "The server loads the rules from the address in spamFilterRulesUrl of SpamSettings: Get-MailObject SpamSettings shows it, Set-MailObject SpamSettings -Property @{ spamFilterRulesUrl = 'https://...' } sets it, and (Get-MailObjectType SpamSettings).Property has its default. The server needs a way there.",
        { Code: MailErrorCode.Unauthorized, ObjectType: "AccountPassword" } => "Check the current password and the one-time code.",
        { Code: MailErrorCode.QuotaExceeded, ObjectType: "AppPassword" } =>
            "An account can have only so many app passwords: (Get-MailAccountAuth).AppPassword lists them, and Remove-MailAppPassword removes one that is not used any more.",
        { Code: MailErrorCode.QuotaExceeded, ObjectType: "ApiKey" } =>
            "An account can have only so many API keys: Get-MailPrincipal -Type ApiKey lists them, and Remove-MailPrincipal removes one that is not used any more.",
        _ => null,
    };

    // What a principal names of others.
    private static string? FindReferenceAdvice(MailServerException e) => e switch
    {
        { Code: not MailErrorCode.NotFound } or { Field: null } or { Item: null } => null,
        { Field: PrincipalField.Emails } => $"An address needs its domain: New-MailPrincipal {QuotedText.Quote(e.Item)} -Type Domain creates it.",
        { Field: PrincipalField.MemberOf } => "Get-MailPrincipal -Type Group lists the groups.",
        { Field: PrincipalField.Lists } => "Get-MailPrincipal -Type List lists the mailing lists.",
        { Field: PrincipalField.Roles } => "Get-MailPrincipal -Type Role lists the roles; user, tenant-admin and admin are built in.",
        { Field: PrincipalField.Tenant } => "Get-MailPrincipal -Type Tenant lists the tenants.",
        { Field: PrincipalField.Members } => "Get-MailPrincipal lists the names and addresses.",
        _ => null,
    };

    // From 0.16 on the method names the type; what the client itself found taken is a name or an address of a principal, or is explained in the message.
    private static string? FindTakenAdvice(MailServerException e) =>
        e.Code != MailErrorCode.AlreadyExists || e.Operation != Operations.CallJmap ? null
        : e.ObjectType is not { } type ? e.Field is PrincipalField.Name or PrincipalField.Emails ? TakenAdvice : null
        : PrincipalType.IsOfObjects(type) ? TakenAdvice
        : $"Get-MailObject {type} lists those that exist, and Set-MailObject changes one of them.";

    private static string? FindUseAdvice(MailServerException e)
    {
        if (e.Code != MailErrorCode.InUse || e.LinkedObjects.Count == 0)
        {
            return null;
        }
        string[] advice = [.. e.LinkedObjects.Select(linked => FindUseAdvice(e, linked)).Distinct()];
        return string.Join(" ", advice.Take(MaxUses));
    }

    // What no other cmdlet removes is an object.
    private static string FindUseAdvice(MailServerException e, ObjectReference user) =>
        user.Type == "DkimSignature" && e is { ObjectType: "Domain", Item: { } domain } ? $"Get-MailDkimSignature {QuotedText.Quote(domain)} | Remove-MailObject removes its DKIM signatures."
        : !PrincipalType.IsOfObjects(user.Type)
            ? user.ToString() == user.Type ? $"Get-MailObject {user.Type} shows it, and Set-MailObject {user.Type} changes it." : $"Get-MailObject {user.Type} {user.Id} shows it, and Remove-MailObject {user.Type} {user.Id} removes it."
        : (e.ObjectType, user.Type) switch
        {
            ("Domain", "Account" or "MailingList") => "Whoever has an address in the domain: Remove-MailPrincipal removes them, or Set-MailPrincipal -Email gives them other addresses.",
            ("Domain", _) => "Get-MailPrincipal shows what is named, and Remove-MailPrincipal removes it.",
            _ => "Set-MailPrincipal takes members out of a group (-RemoveMember), and a role or a tenant from who has it.",
        };

    // People have the name of an object, and the server wants its id.
    private static string? FindIdAdvice(MailServerException e) =>
        e is { Code: MailErrorCode.RejectedByClient, Field: "id", Value: { } name } && e.ObjectType is { } type
            ? $"An id is not a name. Get-MailObject {type} lists the objects with their ids{FindByName(e, type, name)}, and the Tab key completes -Id from a name."
            : null;

    // Of an address, an account itself has the part before the @ and the id of the domain.
    private static string FindByName(MailServerException e, string type, string name) =>
        PrincipalType.IsOfObjects(type) && name.Contains('@', StringComparison.Ordinal) ? $", Get-MailPrincipal {QuotedText.Quote(name)} | Get-MailObject finds one by its address"
        : e.NameProperty is { } property ? $", -Filter finds one by what it has, such as Get-MailObject {type} -Filter @{{ {property} = {QuotedText.Quote(name)} }}"
        : "";

    // An address was looked up among the addresses of all, too.
    private static string? FindLookupAdvice(MailServerException e) =>
        e is { Code: MailErrorCode.NotFound, Item: { } item } && e.Operation == Operations.GetPrincipal && item.Contains('@', StringComparison.Ordinal)
            ? "It is nobody's name and nobody's address. Get-MailPrincipal lists both."
            : null;

    // Where no history is kept, the error names the settings that switch it on.
    private static string? FindStoreAdvice(MailServerException e) =>
        e is { Code: MailErrorCode.Unsupported or MailErrorCode.RejectedByServer, Field: { } store } && s_telemetry.Contains(e.Operation)
            ? $"Get-MailSetting -Prefix {store} shows its settings: {store}.enable and {store}.store switch the history on, after a reload."
            : null;

    // From 0.16 on the history of metrics and traces consists of objects.
    private static string? FindMethodAdvice(MailServerException e) => e switch
    {
        { Code: not MailErrorCode.Unsupported } => null,
        { Method: null } => e.Field is null && s_liveTelemetry.Contains(e.Operation) ? LicenceAdvice : null,
        { Field: { } store } when IsTelemetry(e.Method) => $"Get-MailObject {store} shows where the history would be kept. Set-MailObject {store} changes it; the server takes it over when it is restarted.",
        _ => IsTelemetry(e.Method) ? LicenceAdvice : null,
    };

    private static bool IsTelemetry(string method) => method.StartsWith("x:Metric/", StringComparison.Ordinal) || method.StartsWith("x:Trace/", StringComparison.Ordinal);
}
