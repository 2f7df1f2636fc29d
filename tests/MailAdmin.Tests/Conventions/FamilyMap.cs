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
        new("Request-MailOAuthCode", Supported, "Request-MailOAuthCode -Credential $me"),
        new("Approve-MailDeviceCode", Supported, "Approve-MailDeviceCode $userCode -Credential $me -Confirm:$false"),
        new("Request-MailStreamToken", Supported, "Request-MailStreamToken Troubleshooting"),

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
        new("New-MailDkimSignature", Supported, "New-MailDkimSignature example.org"),
        new("Get-MailDkimSignature", Supported, "Get-MailDkimSignature"),
        new("Get-MailDnsRecord", Supported, "Get-MailDnsRecord example.org"),

        // Queue and reports
        new("Get-MailQueueMessage", Supported, "Get-MailQueueMessage"),
        new("Invoke-MailQueueReschedule", Supported, "Invoke-MailQueueReschedule -All -Force"),
        new("Remove-MailQueueMessage", Supported, "Remove-MailQueueMessage -All -Force"),
        new("Get-MailQueueStatus", Refused, "Get-MailQueueStatus"),
        new("Suspend-MailQueue", Supported, "Suspend-MailQueue"),
        new("Resume-MailQueue", Supported, "Resume-MailQueue"),
        new("Get-MailQueueReport", Supported, "Get-MailQueueReport"),
        new("Remove-MailQueueReport", Supported, "Get-MailQueueReport | Remove-MailQueueReport -Force"),
        new("Get-MailDmarcReport", Supported, "Get-MailDmarcReport"),
        new("Get-MailTlsReport", Supported, "Get-MailTlsReport"),
        new("Get-MailArfReport", Supported, "Get-MailArfReport"),
        new("Remove-MailReport", Supported, "Get-MailDmarcReport | Remove-MailReport -Force"),

        // Telemetry and logs
        new("Get-MailMetric", Supported, "Get-MailMetric"),
        new("Watch-MailMetric", Supported, "Watch-MailMetric -MaxEvents 1"),
        new("Get-MailTrace", Supported, "Get-MailTrace"),
        new("Get-MailTraceEvent", Supported, "Get-MailTrace -First 1 | Get-MailTraceEvent"),
        new("Watch-MailTrace", Supported, "Watch-MailTrace -TimeoutSeconds 1"),
        new("Get-MailServerLog", Supported, "Get-MailServerLog"),

        // Spam and troubleshooting
        new("Invoke-MailSpamTraining", Supported, "Invoke-MailSpamTraining -Message $message -Class Spam"),
        new("Test-MailSpam", Supported, "Test-MailSpam -Message $message -RemoteIp 192.0.2.1 -EhloDomain mx.spam.test"),
        new("Test-MailDelivery", Supported, "Test-MailDelivery info@customers.example"),
        new("Test-MailDmarc", Supported, "Test-MailDmarc -Message $message -RemoteIp 192.0.2.1"),

        // Settings and maintenance
        new("Get-MailSetting", Refused, "Get-MailSetting server.hostname"),
        new("Set-MailSetting", Refused, "Set-MailSetting session.rcpt.max-recipients 50"),
        new("Remove-MailSetting", Refused, "Remove-MailSetting a.test"),
        new("Test-MailSetting", Refused, "Test-MailSetting"),
        new("Get-MailObjectType", Supported, "Get-MailObjectType Http"),
        new("Get-MailObject", Supported, "Get-MailObject Http"),
        new("New-MailObject", Supported, "New-MailObject BlockedIp @{ address = '192.0.2.1' }"),
        new("Set-MailObject", Supported, "Set-MailObject Http -Property @{ enableHsts = $true } -NoReload"),
        new("Remove-MailObject", Supported, "New-MailObject BlockedIp @{ address = '192.0.2.1' } | Remove-MailObject -Force"),
        new("Invoke-MailSettingReload", Supported, "Invoke-MailSettingReload Lookup"),
        new("Update-MailSpamFilter", Supported, "Update-MailSpamFilter"),
        new("Update-MailWebAdmin", Supported, "Update-MailWebAdmin"),
        new("Invoke-MailReindex", Supported, "Invoke-MailReindex -All -Force"),

        // Tasks
        new("Get-MailTask", Supported, "Get-MailTask"),
        new("Remove-MailTask", Supported, "Update-MailSpamFilter | Remove-MailTask"),

        // Store
        new("Get-MailBlob", Supported, "Get-MailBlob (Get-MailQueueMessage)[0].BlobId"),
        new("Invoke-MailPurge", Supported, "Invoke-MailPurge jane.doe -Force"),
        new("Get-MailDeletedItem", Supported, "Get-MailDeletedItem jane.doe"),
        new("Restore-MailDeletedItem", Supported, "Restore-MailDeletedItem jane.doe -All -Force"),
        new("Reset-MailImapUid", Supported, "Get-MailPrincipal jane.doe | Reset-MailImapUid -Force"),
        new("Get-MailQuotaUsage", Supported, "Get-MailQuotaUsage jane.doe"),
        new("Update-MailQuotaUsage", Supported, "Update-MailQuotaUsage jane.doe"),

        // The signed-in account
        new("Get-MailAccountCrypto", Supported, "Get-MailAccountCrypto"),
        new("Set-MailAccountCrypto", Supported, "Set-MailAccountCrypto -Disable"),
        new("Get-MailAccountAuth", Supported, "Get-MailAccountAuth"),
        new("New-MailAppPassword", Supported, "New-MailAppPassword phone"),
        new("Remove-MailAppPassword", Supported, "New-MailAppPassword phone | Remove-MailAppPassword"),
        new("Set-MailAccountPassword", Supported, "Set-MailAccountPassword $newPassword -Credential $me"),
        new("Enable-MailAccountOtp", Supported, "Enable-MailAccountOtp -Prepare"),
        new("Disable-MailAccountOtp", Supported, "Disable-MailAccountOtp -Credential $me -Force"),
    ];
}
