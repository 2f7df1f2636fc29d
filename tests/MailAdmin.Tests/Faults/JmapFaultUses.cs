namespace MailAdmin.Tests.Faults;

/// <summary>Uses of the cmdlets that call methods of servers from 0.16 on. There are the administrator boss, jane.roe, and a message in the queue.</summary>
internal static class JmapFaultUses
{
    /// <summary>Those that change the server.</summary>
    public static IReadOnlyList<JmapFaultUse> Writes { get; } =
    [
        new("New-MailPrincipal", "New-MailPrincipal joe@example.org -NoPassword"),
        new("Set-MailPrincipal", "Set-MailPrincipal jane.roe -Description Jane"),
        new("Enable-MailPrincipal", "Enable-MailPrincipal jane.roe") { Preparation = "Disable-MailPrincipal jane.roe" },
        new("Disable-MailPrincipal", "Disable-MailPrincipal jane.roe"),
        new("Remove-MailPrincipal", "Remove-MailPrincipal jane.roe -Force"),
        new("Import-MailPrincipal", "[pscustomobject]@{ Name = 'joe@example.org' }, [pscustomobject]@{ Name = 'jane.roe'; Description = 'Jane' } | Import-MailPrincipal -NoPassword"),
        new("New-MailDkimSignature", "New-MailDkimSignature example.org -Selector s -Algorithm Ed25519 -Stage Pending"),
        new("Invoke-MailQueueReschedule", "Invoke-MailQueueReschedule -All -Force -At ([DateTimeOffset]'2026-11-23T16:00:00Z')"),
        new("Remove-MailQueueMessage", "Remove-MailQueueMessage -All -Force"),
        new("Suspend-MailQueue", "Suspend-MailQueue"),
        new("Resume-MailQueue", "Resume-MailQueue") { Preparation = "Suspend-MailQueue" },
        new("Remove-MailQueueReport", "Remove-MailQueueReport $report -Force") { NeedsSample = true, Preparation = "$report = Get-MailQueueReport -First 1" },
        new("Remove-MailReport", "Remove-MailReport Dmarc $report -Force") { NeedsSample = true, Preparation = "$report = (Get-MailDmarcReport -First 1).Id" },
        new("Invoke-MailSpamTraining", "Invoke-MailSpamTraining -Message $message -Class Spam"),
        new("New-MailObject", "New-MailObject AllowedIp @{ address = '192.0.2.1' } -NoReload"),
        new("Set-MailObject", "Set-MailObject Http -Property @{ enableHsts = $true } -NoReload"),
        new("Remove-MailObject", "$object | Remove-MailObject -Force -NoReload") { Preparation = "$object = New-MailObject AllowedIp @{ address = '192.0.2.1' } -NoReload" },
        new("Invoke-MailSettingReload", "Invoke-MailSettingReload Lookup"),
        new("Update-MailSpamFilter", "Update-MailSpamFilter"),
        new("Update-MailWebAdmin", "Update-MailWebAdmin"),
        new("Invoke-MailReindex", "Invoke-MailReindex -All -Force"),
        new("Remove-MailTask", "Remove-MailTask $task") { Preparation = "$task = Update-MailSpamFilter" },
        new("Invoke-MailPurge", "Invoke-MailPurge jane.roe -Force"),
        new("Reset-MailImapUid", "Reset-MailImapUid jane.roe -Force"),
        new("Update-MailQuotaUsage", "Update-MailQuotaUsage jane.roe"),
        new("Set-MailAccountCrypto", "Set-MailAccountCrypto \"$folder/a.pem\""),
        new("New-MailAppPassword", "New-MailAppPassword phone"),
        new("Remove-MailAppPassword", "Remove-MailAppPassword phone") { Preparation = "$null = New-MailAppPassword phone" },
        new("Set-MailAccountPassword", "Set-MailAccountPassword $newPassword -Credential $me"),
        new("Enable-MailAccountOtp", "$otp | Enable-MailAccountOtp -Code $totp.Invoke($otp.Url) -Credential $me") { Preparation = "$otp = Enable-MailAccountOtp -Prepare" },
        new("Disable-MailAccountOtp", "Disable-MailAccountOtp -Credential $me -TotpCode $totp.Invoke($otp.Url) -Force")
        {
            Preparation = "$otp = Enable-MailAccountOtp -Prepare; $otp | Enable-MailAccountOtp -Code $totp.Invoke($otp.Url) -Credential $me",
        },
    ];

    /// <summary>Those that only read.</summary>
    public static IReadOnlyList<JmapFaultUse> Reads { get; } =
    [
        new("Test-MailConnection", "Test-MailConnection") { SaysByResult = true },
        new("Invoke-MailApi", "Invoke-MailApi account"),
        new("Get-MailPrincipal", "Get-MailPrincipal"),
        new("Get-MailPrincipal", "Get-MailPrincipal jane.roe"),
        new("Get-MailPrincipal", "Get-MailPrincipal -Type List") { NeedsSample = true },
        new("Export-MailPrincipal", "$null = Export-MailPrincipal \"$folder/all.csv\" -Force; [IO.File]::ReadAllText(\"$folder/all.csv\")"),
        new("Get-MailDkimSignature", "Get-MailDkimSignature example.org") { Preparation = "$null = New-MailDkimSignature example.org -Selector s -Algorithm Ed25519 -Stage Pending" },
        new("Get-MailDnsRecord", "Get-MailDnsRecord example.org"),
        new("Get-MailQueueMessage", "Get-MailQueueMessage"),
        new("Get-MailQueueMessage", "Get-MailQueueMessage $one") { Preparation = "$one = (Get-MailQueueMessage -First 1).Id" },
        new("Get-MailQueueReport", "Get-MailQueueReport") { NeedsSample = true },
        new("Get-MailDmarcReport", "Get-MailDmarcReport") { NeedsSample = true },
        new("Get-MailDmarcReport", "Get-MailDmarcReport $one") { NeedsSample = true, Preparation = "$one = (Get-MailDmarcReport -First 1).Id" },
        new("Get-MailTlsReport", "Get-MailTlsReport") { NeedsSample = true },
        new("Get-MailArfReport", "Get-MailArfReport") { NeedsSample = true },
        new("Get-MailServerLog", "Get-MailServerLog -First 5") { NeedsSample = true, Varies = true },
        new("Test-MailSpam", "Test-MailSpam -Message $message -RemoteIp 192.0.2.1 -EhloDomain mx.spam.test"),
        new("Test-MailDelivery", "Test-MailDelivery info@customers.example") { Varies = true },
        new("Test-MailDmarc", "Test-MailDmarc -Message $message -RemoteIp 192.0.2.1") { Varies = true },
        new("Get-MailObjectType", "Get-MailObjectType Http"),
        new("Get-MailObject", "Get-MailObject Http"),
        new("Get-MailObject", "Get-MailObject Account"),
        new("Get-MailTask", "Get-MailTask") { Preparation = "$null = Update-MailSpamFilter" },
        new("Get-MailTask", "Get-MailTask $one") { Preparation = "$one = (Update-MailSpamFilter).Id" },
        new("Get-MailBlob", "Get-MailBlob $one -AsText") { Preparation = "$one = (Get-MailQueueMessage)[0].BlobId" },
        new("Get-MailQuotaUsage", "Get-MailQuotaUsage jane.roe"),
        new("Get-MailAccountCrypto", "Get-MailAccountCrypto"),
        new("Get-MailAccountAuth", "Get-MailAccountAuth"),
    ];
}
