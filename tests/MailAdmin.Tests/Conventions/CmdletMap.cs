using MailAdmin.Client;

namespace MailAdmin.Tests.Conventions;

/// <summary>Which cmdlet speaks to which operation, and how: every operation has one, and every cmdlet that speaks to the server is here.</summary>
internal static class CmdletMap
{
    /// <summary>Cmdlets that send nothing.</summary>
    public static IReadOnlyList<string> LocalCmdlets { get; } = ["ConvertTo-MailPasswordHash", "Disconnect-MailServer", "Get-MailConnection"];

    /// <summary>What servers have from 0.16 on, of which none is of the management API.</summary>
    public static IReadOnlyList<Operation> OfNewerServers { get; } =
    [
        Operations.DiscoverSignIn, Operations.SignIn, Operations.ShowSignInPage, Operations.DescribeAccount, Operations.FindSchema, Operations.GetSchema, Operations.RequestStreamToken, Operations.DescribeJmapSession, Operations.CallJmap,
        Operations.TestDeliveryLive, Operations.WatchTracesLive, Operations.WatchMetricsLive, Operations.UploadBlob, Operations.DownloadBlob,
    ];

    /// <summary>Operations that no cmdlet calls, but Invoke-MailApi can.</summary>
    public static IReadOnlyList<Operation> WithoutCmdlet { get; } =
    [
        // For OAuth clients, which are other programs.
        Operations.IntrospectToken, Operations.RegisterClient, Operations.GetUserInfo, Operations.GetTokenKeys, Operations.DescribeAuthorizationServer, Operations.DescribeOpenId,
        // Only asked where there is no management API, and the sandbox has one.
        Operations.DescribeJmap,
        // Would delete what nobody has looked at: the cmdlets delete one by one.
        Operations.DeletePrincipals, Operations.DeleteQueueReports, Operations.DeleteReports,
        // POST /settings does it, for many at once.
        Operations.DeleteSetting,
        // Unsupported by every version.
        Operations.Restart,
        // One store of several, and what learning left behind.
        Operations.PurgeDataStore, Operations.PurgeInMemoryStore, Operations.PurgeInMemoryKind, Operations.PurgeInMemoryKindOfAccount,
        Operations.StopTraining, Operations.ResetTraining, Operations.DeleteTraining, Operations.GetTrainingStatus,
        // Only asked while connecting to them, or on the way to something else.
        Operations.DiscoverSignIn, Operations.SignIn, Operations.ShowSignInPage, Operations.DescribeAccount, Operations.RequestStreamToken, Operations.DescribeJmapSession, Operations.UploadBlob,
    ];

    public static IReadOnlyList<CmdletInvocation> All { get; } =
    [
        // Connection
        new("Request-MailOAuthCode", Operations.RequestOAuthCode, "Request-MailOAuthCode"),
        new("Approve-MailDeviceCode", Operations.RequestOAuthCode, "Approve-MailDeviceCode ABCD-EFGH -Confirm:$false"),
        new("Connect-MailServer", Operations.RequestToken, "Connect-MailServer $uri -Credential $credential"),
        new("Connect-MailServer", Operations.StartDeviceFlow, "Connect-MailServer $uri -DeviceCode"),
        new("Test-MailConnection", Operations.CheckLiveness, "Test-MailConnection"),
        new("Test-MailConnection", Operations.CheckReadiness, "Test-MailConnection"),
        new("Request-MailStreamToken", Operations.RequestMetricsToken, "Request-MailStreamToken Metrics"),
        new("Request-MailStreamToken", Operations.RequestTroubleshootingToken, "Request-MailStreamToken Troubleshooting"),
        new("Request-MailStreamToken", Operations.RequestTracingToken, "Request-MailStreamToken Tracing"),
        new("Invoke-MailApi", Operations.GetQueueStatus, "Invoke-MailApi queue/status"),

        // Principals
        new("Get-MailPrincipal", Operations.ListPrincipals, "Get-MailPrincipal -Type Domain"),
        new("Get-MailPrincipal", Operations.GetPrincipal, "Get-MailPrincipal jane.doe"),
        new("New-MailPrincipal", Operations.CreatePrincipal, "New-MailPrincipal new.colleague -NoPassword"),
        new("Set-MailPrincipal", Operations.PatchPrincipal, "Set-MailPrincipal jane.doe -Description Jane"),
        new("Enable-MailPrincipal", Operations.PatchPrincipal, "Disable-MailPrincipal jane.doe; Enable-MailPrincipal jane.doe"),
        new("Disable-MailPrincipal", Operations.PatchPrincipal, "Disable-MailPrincipal jane.doe"),
        new("Remove-MailPrincipal", Operations.DeletePrincipal, "Remove-MailPrincipal jane.doe -Force"),
        new("Import-MailPrincipal", Operations.CreatePrincipal, "[pscustomobject]@{ Name = 'new.colleague'; Password = 'only a test' } | Import-MailPrincipal -NoAddress"),
        new("Export-MailPrincipal", Operations.ListPrincipals, "Export-MailPrincipal $folder/all.csv -Type Group"),

        // DKIM and DNS
        new("New-MailDkimSignature", Operations.CreateDkimSignature, "New-MailDkimSignature example.net -Id of-a-test -Selector test -Algorithm Ed25519"),
        new("Get-MailDkimSignature", Operations.GetDkimPublicKey, "New-MailDkimSignature example.net -Id of-a-test -Selector test -Algorithm Ed25519; Get-MailDkimSignature example.net"),
        new("Get-MailDnsRecord", Operations.ListDnsRecords, "Get-MailDnsRecord example.org"),

        // Queue and reports
        new("Get-MailQueueMessage", Operations.ListQueueMessages, "Get-MailQueueMessage"),
        new("Get-MailQueueMessage", Operations.GetQueueMessage, "Get-MailQueueMessage -First 1 | Get-MailQueueMessage"),
        new("Invoke-MailQueueReschedule", Operations.RescheduleQueueMessages, "Invoke-MailQueueReschedule -To partner.example -Force"),
        new("Invoke-MailQueueReschedule", Operations.RescheduleQueueMessage, "Get-MailQueueMessage -To partner.example | Invoke-MailQueueReschedule -Force"),
        new("Remove-MailQueueMessage", Operations.CancelQueueMessages, "Remove-MailQueueMessage -To oldfirm.example -Force"),
        new("Remove-MailQueueMessage", Operations.CancelQueueMessage, "Get-MailQueueMessage -To oldfirm.example -First 1 | Remove-MailQueueMessage -Force"),
        new("Get-MailQueueStatus", Operations.GetQueueStatus, "Get-MailQueueStatus"),
        new("Suspend-MailQueue", Operations.SuspendQueue, "Suspend-MailQueue"),
        new("Resume-MailQueue", Operations.ResumeQueue, "Resume-MailQueue"),
        new("Get-MailQueueReport", Operations.ListQueueReports, "Get-MailQueueReport -IdOnly"),
        new("Get-MailQueueReport", Operations.GetQueueReport, "Get-MailQueueReport"),
        new("Remove-MailQueueReport", Operations.DeleteQueueReport, "Get-MailQueueReport | Remove-MailQueueReport -Force"),
        new("Get-MailDmarcReport", Operations.ListDmarcReports, "Get-MailDmarcReport -IdOnly"),
        new("Get-MailDmarcReport", Operations.GetReport, "Get-MailDmarcReport"),
        new("Get-MailTlsReport", Operations.ListTlsReports, "Get-MailTlsReport -IdOnly"),
        new("Get-MailTlsReport", Operations.GetReport, "Get-MailTlsReport"),
        new("Get-MailArfReport", Operations.ListArfReports, "Get-MailArfReport -IdOnly"),
        new("Get-MailArfReport", Operations.GetReport, "Get-MailArfReport"),
        new("Remove-MailReport", Operations.DeleteReport, "Get-MailDmarcReport -IdOnly | Remove-MailReport -Force"),

        // Telemetry and logs
        new("Get-MailMetric", Operations.ListMetrics, "Get-MailMetric"),
        new("Watch-MailMetric", Operations.WatchMetrics, "Watch-MailMetric -MaxEvents 1"),
        new("Get-MailTrace", Operations.ListTraces, "Get-MailTrace"),
        new("Get-MailTraceEvent", Operations.GetTrace, "Get-MailTrace -First 1 | Get-MailTraceEvent"),
        new("Watch-MailTrace", Operations.WatchTraces, "Watch-MailTrace -MaxEvents 1"),
        new("Watch-MailMetric", Operations.WatchMetricsLive, "Watch-MailMetric -MaxEvents 1") { Version = "0.16" },
        new("Watch-MailTrace", Operations.WatchTracesLive, "Watch-MailTrace -MaxEvents 1") { Version = "0.16" },
        new("Get-MailServerLog", Operations.ListLogs, "Get-MailServerLog"),

        // Spam and troubleshooting
        new("Invoke-MailSpamTraining", Operations.TrainSpam, "Invoke-MailSpamTraining -Message $message -Class Spam"),
        new("Invoke-MailSpamTraining", Operations.TrainHam, "Invoke-MailSpamTraining -Message $message -Class Ham"),
        new("Invoke-MailSpamTraining", Operations.TrainSpamForAccount, "Invoke-MailSpamTraining -Message $message -Class Spam -Account jane.doe"),
        new("Invoke-MailSpamTraining", Operations.TrainHamForAccount, "Invoke-MailSpamTraining -Message $message -Class Ham -Account jane.doe"),
        new("Invoke-MailSpamTraining", Operations.UploadSpam, "Invoke-MailSpamTraining -Message $message -Class Spam") { Version = "0.15" },
        new("Invoke-MailSpamTraining", Operations.UploadHamForAccount, "Invoke-MailSpamTraining -Message $message -Class Ham -Account jane.doe") { Version = "0.15" },
        new("Invoke-MailSpamTraining", Operations.UploadHam, "Invoke-MailSpamTraining -Message $message -Class Ham") { Version = "0.15" },
        new("Invoke-MailSpamTraining", Operations.UploadSpamForAccount, "Invoke-MailSpamTraining -Message $message -Class Spam -Account jane.doe") { Version = "0.15" },
        new("Invoke-MailSpamTraining", Operations.StartTraining, "Invoke-MailSpamTraining -Message $message -Class Spam -Start") { Version = "0.15" },
        new("Test-MailSpam", Operations.ClassifyMessage, "Test-MailSpam -Message $message -RemoteIp 192.0.2.1"),
        new("Test-MailDelivery", Operations.TestDelivery, "Test-MailDelivery info@customers.example -Quiet"),
        new("Test-MailDmarc", Operations.TestDmarc, "Test-MailDmarc -Message $message -RemoteIp 192.0.2.1"),

        // Settings and maintenance
        new("Get-MailSetting", Operations.GetSettings, "Get-MailSetting server.hostname"),
        new("Get-MailSetting", Operations.ListSettingGroups, "Get-MailSetting -Group server.listener -Suffix protocol"),
        new("Get-MailSetting", Operations.ListSettings, "Get-MailSetting -Prefix server"),
        new("Set-MailSetting", Operations.ChangeSettings, "Set-MailSetting session.rcpt.max-recipients 50"),
        new("Remove-MailSetting", Operations.ChangeSettings, "Set-MailSetting a.test 1; Remove-MailSetting a.test -Force"),
        new("Get-MailObjectType", Operations.FindSchema, "Get-MailObjectType Http") { Version = "0.16" },
        new("Get-MailObjectType", Operations.GetSchema, "Get-MailObjectType Http") { Version = "0.16" },
        new("Get-MailObject", Operations.CallJmap, "Get-MailObject Http") { Version = "0.16" },
        new("New-MailObject", Operations.CallJmap, "New-MailObject BlockedIp @{ address = '192.0.2.1' }") { Version = "0.16" },
        new("Set-MailObject", Operations.CallJmap, "Set-MailObject Http -Property @{ enableHsts = $true }") { Version = "0.16" },
        new("Remove-MailObject", Operations.CallJmap, "New-MailObject BlockedIp @{ address = '192.0.2.1' } | Remove-MailObject -Force") { Version = "0.16" },
        new("Test-MailSetting", Operations.ReloadSettings, "Test-MailSetting") { Query = "dry-run=1" },
        new("Invoke-MailSettingReload", Operations.ReloadSettings, "Invoke-MailSettingReload"),
        new("Invoke-MailSettingReload", Operations.ReloadLookups, "Invoke-MailSettingReload Lookup"),
        new("Invoke-MailSettingReload", Operations.ReloadCertificates, "Invoke-MailSettingReload Certificate"),
        new("Invoke-MailSettingReload", Operations.ReloadBlockedIps, "Invoke-MailSettingReload BlockedIp"),
        new("Update-MailSpamFilter", Operations.UpdateSpamFilter, "Update-MailSpamFilter -Confirm:$false"),
        new("Update-MailWebAdmin", Operations.UpdateWebAdmin, "Update-MailWebAdmin -Confirm:$false"),
        new("Invoke-MailReindex", Operations.Reindex, "Invoke-MailReindex -All -Force"),
        new("Invoke-MailReindex", Operations.ReindexAccount, "Invoke-MailReindex jane.doe -Force"),
        new("Invoke-MailReindex", Operations.ReindexNamed, "Invoke-MailReindex -All -Index Tracing -Force") { Version = "0.15" },
        new("Invoke-MailReindex", Operations.ReindexNamedForAccount, "Invoke-MailReindex jane.doe -Index Email -Force") { Version = "0.15" },

        // Store
        new("Get-MailBlob", Operations.GetBlob, "Get-MailQueueMessage -First 1 | Get-MailBlob"),
        new("Get-MailBlob", Operations.DownloadBlob, "Get-MailBlob (Get-MailQueueMessage)[0].BlobId") { Version = "0.16" },
        new("Invoke-MailPurge", Operations.PurgeAccount, "Invoke-MailPurge jane.doe -Force"),
        new("Invoke-MailPurge", Operations.PurgeBlobs, "Invoke-MailPurge -Scope Blob -Force"),
        new("Invoke-MailPurge", Operations.PurgeData, "Invoke-MailPurge -Scope Data -Force"),
        new("Invoke-MailPurge", Operations.PurgeInMemory, "Invoke-MailPurge -Scope InMemory -Force"),
        new("Invoke-MailPurge", Operations.PurgeAccounts, "Invoke-MailPurge -Scope AllAccounts -Force"),
        new("Get-MailDeletedItem", Operations.ListDeletedItems, "Get-MailDeletedItem jane.doe"),
        new("Restore-MailDeletedItem", Operations.RestoreDeletedItems, "Get-MailDeletedItem jane.doe | Restore-MailDeletedItem"),
        new("Reset-MailImapUid", Operations.ResetImapUids, "Reset-MailImapUid jane.doe -Force"),
        new("Get-MailQuotaUsage", Operations.GetQuotaUsage, "Get-MailQuotaUsage jane.doe"),
        new("Update-MailQuotaUsage", Operations.RecalculateQuotaUsage, "Update-MailQuotaUsage jane.doe"),

        new("Test-MailDelivery", Operations.TestDeliveryLive, "Test-MailDelivery info@customers.example") { Version = "0.16" },

        // Tasks, from 0.16 on
        new("Get-MailTask", Operations.CallJmap, "Get-MailTask") { Version = "0.16" },
        new("Remove-MailTask", Operations.CallJmap, "Update-MailSpamFilter | Remove-MailTask") { Version = "0.16" },

        // The signed-in account
        new("Get-MailAccountCrypto", Operations.GetAccountCrypto, "Get-MailAccountCrypto") { RunsAsAccount = true },
        new("Set-MailAccountCrypto", Operations.SetAccountCrypto, "Set-MailAccountCrypto -Disable") { RunsAsAccount = true },
        new("Get-MailAccountAuth", Operations.GetAccountAuth, "Get-MailAccountAuth") { RunsAsAccount = true },
        new("New-MailAppPassword", Operations.ChangeAccountAuth, "New-MailAppPassword phone") { RunsAsAccount = true },
        new("Remove-MailAppPassword", Operations.ChangeAccountAuth, "$null = New-MailAppPassword phone; Remove-MailAppPassword phone") { RunsAsAccount = true },
        new("Set-MailAccountPassword", Operations.ChangeAccountAuth, "Set-MailAccountPassword $newPassword -Credential $credential") { RunsAsAccount = true },
        new("Enable-MailAccountOtp", Operations.ChangeAccountAuth, "$otp = Enable-MailAccountOtp -Prepare; $otp | Enable-MailAccountOtp -Code (& $code $otp.Url) -Credential $credential") { RunsAsAccount = true },
        new("Disable-MailAccountOtp", Operations.ChangeAccountAuth, "$otp = Enable-MailAccountOtp -Prepare; $otp | Enable-MailAccountOtp -Code (& $code $otp.Url) -Credential $credential; Disable-MailAccountOtp -Credential $credential -TotpCode (& $code $otp.Url) -Force") { RunsAsAccount = true },
    ];
}
