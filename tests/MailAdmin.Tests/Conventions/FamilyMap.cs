using static MailAdmin.Tests.Conventions.FamilySupport;

namespace MailAdmin.Tests.Conventions;

/// <summary>What each cmdlet does on a server from 0.16 on.</summary>
internal static class FamilyMap
{
    public static IReadOnlyList<FamilyUse> All { get; } =
    [
        // Connection
        new("Connect-MailServer", Supported, "Connect-MailServer -Sandbox -ServerVersion 0.16"),
        new("Disconnect-MailServer", Local, "Disconnect-MailServer"),
        new("Get-MailConnection", Local, "Get-MailConnection"),
        new("Test-MailConnection", Supported, "Test-MailConnection"),
        new("Invoke-MailApi", Supported, "Invoke-MailApi account"),
        new("Request-MailOAuthCode", Refused, "Request-MailOAuthCode"),
        new("Approve-MailDeviceCode", Refused, "Approve-MailDeviceCode ABCD-EFGH"),
        new("Request-MailStreamToken", Refused, "Request-MailStreamToken Metrics"),

        // Principals
        new("Get-MailPrincipal", Supported, "Get-MailPrincipal"),
        new("New-MailPrincipal", Supported, "New-MailPrincipal joe@example.org -NoPassword"),
        new("Set-MailPrincipal", Supported, "Set-MailPrincipal jane.doe -Description Jane -PassThru"),
        new("Enable-MailPrincipal", Supported, "Enable-MailPrincipal jane.doe -PassThru"),
        new("Disable-MailPrincipal", Supported, "Disable-MailPrincipal jane.doe -PassThru"),
        new("Remove-MailPrincipal", Supported, "Remove-MailPrincipal jane.doe -Force"),
        new("Import-MailPrincipal", Supported, "[pscustomobject]@{ Name = 'joe@example.org'; Password = 'walks along a made-up road' } | Import-MailPrincipal"),
        new("Export-MailPrincipal", Supported, "Export-MailPrincipal $folder/all.csv"),
        new("ConvertTo-MailPasswordHash", Local, "ConvertTo-MailPasswordHash $newPassword"),

        // DKIM and DNS
        new("New-MailDkimSignature", Refused, "New-MailDkimSignature example.org"),
        new("Get-MailDkimSignature", Refused, "Get-MailDkimSignature example.org"),
        new("Get-MailDnsRecord", Refused, "Get-MailDnsRecord example.org"),

        // Queue and reports
        new("Get-MailQueueMessage", Supported, "Get-MailQueueMessage"),
        new("Invoke-MailQueueReschedule", Supported, "Invoke-MailQueueReschedule -All -Force"),
        new("Remove-MailQueueMessage", Supported, "Remove-MailQueueMessage -All -Force"),
        new("Get-MailQueueStatus", Refused, "Get-MailQueueStatus"),
        new("Suspend-MailQueue", Refused, "Suspend-MailQueue"),
        new("Resume-MailQueue", Refused, "Resume-MailQueue"),
        new("Get-MailQueueReport", Supported, "Get-MailQueueReport"),
        new("Remove-MailQueueReport", Supported, "Get-MailQueueReport | Remove-MailQueueReport -Force"),
        new("Get-MailDmarcReport", Supported, "Get-MailDmarcReport"),
        new("Get-MailTlsReport", Supported, "Get-MailTlsReport"),
        new("Get-MailArfReport", Supported, "Get-MailArfReport"),
        new("Remove-MailReport", Supported, "Get-MailDmarcReport | Remove-MailReport -Force"),

        // Telemetry and logs
        new("Get-MailMetric", Refused, "Get-MailMetric"),
        new("Watch-MailMetric", Refused, "Watch-MailMetric"),
        new("Get-MailTrace", Refused, "Get-MailTrace"),
        new("Get-MailTraceEvent", Refused, "Get-MailTraceEvent 1"),
        new("Watch-MailTrace", Refused, "Watch-MailTrace"),
        new("Get-MailServerLog", Supported, "Get-MailServerLog"),

        // Spam and troubleshooting
        new("Invoke-MailSpamTraining", Refused, "Invoke-MailSpamTraining -Message $message -Class Spam"),
        new("Test-MailSpam", Refused, "Test-MailSpam -Message $message -RemoteIp 192.0.2.1"),
        new("Test-MailDelivery", Refused, "Test-MailDelivery info@customers.example"),
        new("Test-MailDmarc", Refused, "Test-MailDmarc -Message $message -RemoteIp 192.0.2.1"),

        // Settings and maintenance
        new("Get-MailSetting", Refused, "Get-MailSetting server.hostname"),
        new("Set-MailSetting", Refused, "Set-MailSetting session.rcpt.max-recipients 50"),
        new("Remove-MailSetting", Refused, "Remove-MailSetting a.test"),
        new("Test-MailSetting", Refused, "Test-MailSetting"),
        new("Invoke-MailSettingReload", Refused, "Invoke-MailSettingReload"),
        new("Update-MailSpamFilter", Refused, "Update-MailSpamFilter"),
        new("Update-MailWebAdmin", Refused, "Update-MailWebAdmin"),
        new("Invoke-MailReindex", Refused, "Invoke-MailReindex -All"),

        // Store
        new("Get-MailBlob", Supported, "Get-MailBlob (Get-MailQueueMessage)[0].BlobId"),
        new("Invoke-MailPurge", Refused, "Invoke-MailPurge jane.doe"),
        new("Get-MailDeletedItem", Refused, "Get-MailDeletedItem jane.doe"),
        new("Restore-MailDeletedItem", Refused, "Restore-MailDeletedItem jane.doe -All"),
        new("Reset-MailImapUid", Refused, "Get-MailPrincipal jane.doe | Reset-MailImapUid"),
        new("Get-MailQuotaUsage", Refused, "Get-MailQuotaUsage jane.doe"),
        new("Update-MailQuotaUsage", Refused, "Update-MailQuotaUsage jane.doe"),

        // The signed-in account
        new("Get-MailAccountCrypto", Refused, "Get-MailAccountCrypto"),
        new("Set-MailAccountCrypto", Refused, "Set-MailAccountCrypto -Disable"),
        new("Get-MailAccountAuth", Refused, "Get-MailAccountAuth"),
        new("New-MailAppPassword", Refused, "New-MailAppPassword phone"),
        new("Remove-MailAppPassword", Refused, "Remove-MailAppPassword phone"),
        new("Set-MailAccountPassword", Refused, "Set-MailAccountPassword"),
        new("Enable-MailAccountOtp", Refused, "Enable-MailAccountOtp"),
        new("Disable-MailAccountOtp", Refused, "Disable-MailAccountOtp"),
    ];
}
