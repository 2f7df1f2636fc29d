namespace MailAdmin.Tests.Operations;

/// <summary>Which cmdlet speaks to which operation, and how: every operation has one, and every cmdlet that speaks to the server is here.</summary>
internal static class CmdletMap
{
    /// <summary>Cmdlets that send nothing.</summary>
    public static IReadOnlyList<string> LocalCmdlets { get; } = ["ConvertTo-MailPasswordHash", "Disconnect-MailServer", "Get-MailConnection"];

    public static IReadOnlyList<CmdletInvocation> All { get; } =
    [
        // Connection
        new("Request-MailOAuthCode", "1", "Request-MailOAuthCode"),
        new("Approve-MailDeviceCode", "1", "Approve-MailDeviceCode ABCD-EFGH -Confirm:$false"),
        new("Connect-MailServer", "token", "Connect-MailServer $uri -Credential $credential"),
        new("Connect-MailServer", "device", "Connect-MailServer $uri -DeviceCode"),
        new("Test-MailConnection", "live", "Test-MailConnection"),
        new("Test-MailConnection", "ready", "Test-MailConnection"),
        new("Request-MailStreamToken", "3", "Request-MailStreamToken Metrics"),
        new("Request-MailStreamToken", "25", "Request-MailStreamToken Troubleshooting"),
        new("Request-MailStreamToken", "47", "Request-MailStreamToken Tracing"),
        new("Invoke-MailApi", "53", "Invoke-MailApi queue/status"),

        // Principals
        new("Get-MailPrincipal", "5", "Get-MailPrincipal -Type Domain"),
        new("Get-MailPrincipal", "8", "Get-MailPrincipal jane.doe"),
        new("New-MailPrincipal", "6", "New-MailPrincipal new.colleague -NoPassword"),
        new("Set-MailPrincipal", "9", "Set-MailPrincipal jane.doe -Description Jane"),
        new("Enable-MailPrincipal", "9", "Disable-MailPrincipal jane.doe; Enable-MailPrincipal jane.doe"),
        new("Disable-MailPrincipal", "9", "Disable-MailPrincipal jane.doe"),
        new("Remove-MailPrincipal", "10", "Remove-MailPrincipal jane.doe -Force"),
        new("Import-MailPrincipal", "6", "[pscustomobject]@{ Name = 'new.colleague'; Password = 'only a test' } | Import-MailPrincipal"),
        new("Export-MailPrincipal", "5", "Export-MailPrincipal $folder/all.csv -Type Group"),

        // DKIM and DNS
        new("New-MailDkimSignature", "7", "New-MailDkimSignature example.net -Id of-a-test -Selector test -Algorithm Ed25519"),
        new("Get-MailDkimSignature", "DKIM key", "New-MailDkimSignature example.net -Id of-a-test -Selector test -Algorithm Ed25519; Get-MailDkimSignature example.net"),
        new("Get-MailDnsRecord", "49", "Get-MailDnsRecord example.org"),

        // Queue and reports
        new("Get-MailQueueMessage", "11", "Get-MailQueueMessage"),
        new("Get-MailQueueMessage", "42", "Get-MailQueueMessage -First 1 | Get-MailQueueMessage"),
        new("Invoke-MailQueueReschedule", "12", "Invoke-MailQueueReschedule -To partner.example -Force"),
        new("Invoke-MailQueueReschedule", "43", "Get-MailQueueMessage -To partner.example -First 1 | Invoke-MailQueueReschedule -Force"),
        new("Remove-MailQueueMessage", "13", "Remove-MailQueueMessage -To oldfirm.example -Force"),
        new("Remove-MailQueueMessage", "44", "Get-MailQueueMessage -To oldfirm.example -First 1 | Remove-MailQueueMessage -Force"),
        new("Get-MailQueueStatus", "53", "Get-MailQueueStatus"),
        new("Suspend-MailQueue", "40", "Suspend-MailQueue"),
        new("Resume-MailQueue", "41", "Resume-MailQueue"),
        new("Get-MailQueueReport", "14", "Get-MailQueueReport -IdOnly"),
        new("Get-MailQueueReport", "queued report", "Get-MailQueueReport"),
        new("Remove-MailQueueReport", "delete queued report", "Get-MailQueueReport | Remove-MailQueueReport -Force"),
        new("Get-MailDmarcReport", "15", "Get-MailDmarcReport -IdOnly"),
        new("Get-MailDmarcReport", "DMARC report", "Get-MailDmarcReport"),
        new("Get-MailTlsReport", "16", "Get-MailTlsReport -IdOnly"),
        new("Get-MailTlsReport", "TLS report", "Get-MailTlsReport"),
        new("Get-MailArfReport", "17", "Get-MailArfReport -IdOnly"),
        new("Get-MailArfReport", "abuse report", "Get-MailArfReport"),
        new("Remove-MailReport", "delete report", "Get-MailDmarcReport -IdOnly | Remove-MailReport -Force"),

        // Telemetry and logs
        new("Get-MailMetric", "2", "Get-MailMetric"),
        new("Watch-MailMetric", "4", "Watch-MailMetric -MaxEvents 1"),
        new("Get-MailTrace", "18", "Get-MailTrace"),
        new("Get-MailTraceEvent", "46", "Get-MailTrace -First 1 | Get-MailTraceEvent"),
        new("Watch-MailTrace", "48", "Watch-MailTrace -MaxEvents 1"),
        new("Get-MailServerLog", "19", "Get-MailServerLog"),

        // Spam and troubleshooting
        new("Invoke-MailSpamTraining", "20", "Invoke-MailSpamTraining -Message $message -Class Spam"),
        new("Invoke-MailSpamTraining", "21", "Invoke-MailSpamTraining -Message $message -Class Ham"),
        new("Invoke-MailSpamTraining", "22", "Invoke-MailSpamTraining -Message $message -Class Spam -Account jane.doe"),
        new("Invoke-MailSpamTraining", "23", "Invoke-MailSpamTraining -Message $message -Class Ham -Account jane.doe"),
        new("Invoke-MailSpamTraining", "upload spam", "Invoke-MailSpamTraining -Message $message -Class Spam") { Version = "0.15" },
        new("Invoke-MailSpamTraining", "upload ham", "Invoke-MailSpamTraining -Message $message -Class Ham -Account jane.doe") { Version = "0.15" },
        new("Invoke-MailSpamTraining", "start training", "Invoke-MailSpamTraining -Message $message -Class Spam -Start") { Version = "0.15" },
        new("Test-MailSpam", "24", "Test-MailSpam -Message $message -RemoteIp 192.0.2.1"),
        new("Test-MailDelivery", "26", "Test-MailDelivery info@customers.example -Quiet"),
        new("Test-MailDmarc", "27", "Test-MailDmarc -Message $message -RemoteIp 192.0.2.1"),

        // Settings and maintenance
        new("Get-MailSetting", "32", "Get-MailSetting server.hostname"),
        new("Get-MailSetting", "33", "Get-MailSetting -Group server.listener -Suffix protocol"),
        new("Get-MailSetting", "34", "Get-MailSetting -Prefix server"),
        new("Set-MailSetting", "35", "Set-MailSetting session.rcpt.max-recipients 50"),
        new("Remove-MailSetting", "35", "Set-MailSetting a.test 1; Remove-MailSetting a.test -Force"),
        new("Test-MailSetting", "dry run", "Test-MailSetting"),
        new("Invoke-MailSettingReload", "28", "Invoke-MailSettingReload"),
        new("Invoke-MailSettingReload", "reload lookups", "Invoke-MailSettingReload Lookup"),
        new("Invoke-MailSettingReload", "reload certificates", "Invoke-MailSettingReload Certificate"),
        new("Invoke-MailSettingReload", "reload blocked addresses", "Invoke-MailSettingReload BlockedIp"),
        new("Update-MailSpamFilter", "29", "Update-MailSpamFilter -Confirm:$false"),
        new("Update-MailWebAdmin", "30", "Update-MailWebAdmin -Confirm:$false"),
        new("Invoke-MailReindex", "31", "Invoke-MailReindex -All -Force"),
        new("Invoke-MailReindex", "reindex account", "Invoke-MailReindex jane.doe -Force"),
        new("Invoke-MailReindex", "reindex mail of account", "Invoke-MailReindex jane.doe -Index Email -Force") { Version = "0.15" },

        // Store
        new("Get-MailBlob", "45", "Get-MailQueueMessage -First 1 | Get-MailBlob"),
        new("Invoke-MailPurge", "50", "Invoke-MailPurge jane.doe -Force"),
        new("Invoke-MailPurge", "54", "Invoke-MailPurge -Scope Blob -Force"),
        new("Invoke-MailPurge", "55", "Invoke-MailPurge -Scope Data -Force"),
        new("Invoke-MailPurge", "56", "Invoke-MailPurge -Scope InMemory -Force"),
        new("Invoke-MailPurge", "57", "Invoke-MailPurge -Scope AllAccounts -Force"),
        new("Get-MailDeletedItem", "51", "Get-MailDeletedItem jane.doe"),
        new("Restore-MailDeletedItem", "52", "Get-MailDeletedItem jane.doe | Restore-MailDeletedItem"),
        new("Reset-MailImapUid", "58", "Reset-MailImapUid jane.doe -Force"),
        new("Get-MailQuotaUsage", "used quota", "Get-MailQuotaUsage jane.doe"),
        new("Update-MailQuotaUsage", "recalculate quota", "Update-MailQuotaUsage jane.doe"),

        // The signed-in account
        new("Get-MailAccountCrypto", "36", "Get-MailAccountCrypto") { RunsAsAccount = true },
        new("Set-MailAccountCrypto", "37", "Set-MailAccountCrypto -Disable") { RunsAsAccount = true },
        new("Get-MailAccountAuth", "38", "Get-MailAccountAuth") { RunsAsAccount = true },
        new("New-MailAppPassword", "39", "New-MailAppPassword phone") { RunsAsAccount = true },
        new("Remove-MailAppPassword", "39", "$null = New-MailAppPassword phone; Remove-MailAppPassword phone") { RunsAsAccount = true },
        new("Set-MailAccountPassword", "39", "Set-MailAccountPassword $newPassword -Credential $credential") { RunsAsAccount = true },
        new("Enable-MailAccountOtp", "39", "$otp = Enable-MailAccountOtp -Prepare; $otp | Enable-MailAccountOtp -Code (& $code $otp.Url) -Credential $credential") { RunsAsAccount = true },
        new("Disable-MailAccountOtp", "39", "Disable-MailAccountOtp -Credential $credential -Force") { RunsAsAccount = true },
    ];
}
