using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Cmdlets.Provisioning;

namespace MailAdmin.Tests.Faults;

/// <summary>Uses of the cmdlets that call methods of servers from 0.16 on. There are the administrator boss, jane.roe, jack.roe, a message in the queue, reports and a deleted item of jane.roe.</summary>
internal static class JmapFaultUses
{
    private const string JoeAndJim = "[pscustomobject]@{ Name = 'joe@example.org' }, [pscustomobject]@{ Name = 'jim@example.org' }";
    private const string JaneAndJack = "[pscustomobject]@{ Name = 'jane.roe@example.org' }, [pscustomobject]@{ Name = 'jack.roe@example.org' }";
    private const string AllowIp = "$object = New-MailObject AllowedIp @{ address = '192.0.2.1' } -NoReload";
    private const string EnableOtp = "$otp = Enable-MailAccountOtp -Prepare; $otp | Enable-MailAccountOtp -Code $totp.Invoke($otp.Url) -Credential $me";
    private const string DisableOtp = "Disable-MailAccountOtp -Credential $me -TotpCode $totp.Invoke($otp.Url) -Force";
    private const string FindQueueReport = "$report = Get-MailQueueReport -First 1; if (!$report) { $fill.Invoke(); $report = Get-MailQueueReport -First 1 }";
    private const string FindReport = "$report = (Get-MailDmarcReport -First 1).Id; if (!$report) { $fill.Invoke(); $report = (Get-MailDmarcReport -First 1).Id }";

    /// <summary>Those that change the server.</summary>
    public static IReadOnlyList<JmapFaultUse> Writes { get; } =
    [
        new("New-MailPrincipal", $"{JoeAndJim} | New-MailPrincipal -NoPassword") { Objects = 2, IsLookedUp = true, IsThorough = true, Undo = $"{JoeAndJim} | Remove-MailPrincipal -Force" },
        new("New-MailPrincipal", "New-MailPrincipal joe@example.org -Password $newPassword -HashAlgorithm None") { Undo = "Remove-MailPrincipal joe@example.org -Force" },
        new("Set-MailPrincipal", $"{JaneAndJack} | Set-MailPrincipal -Description Changed -PassThru")
            { Objects = 2, PassesThru = true, IsLookedUp = true, IsThorough = true, Undo = $"{JaneAndJack} | Set-MailPrincipal -Description Before" },
        new("Set-MailPrincipal", "Set-MailPrincipal jane.roe -Password $newPassword -HashAlgorithm None") { IsRepeatable = true, Undo = "" },
        new("Enable-MailPrincipal", "Enable-MailPrincipal jane.roe -PassThru") { PassesThru = true, IsLookedUp = true, Preparation = "Disable-MailPrincipal jane.roe", Undo = "Disable-MailPrincipal jane.roe" },
        new("Disable-MailPrincipal", "Disable-MailPrincipal jane.roe") { IsLookedUp = true, Undo = "Enable-MailPrincipal jane.roe" },
        new("Remove-MailPrincipal", $"{JaneAndJack} | Remove-MailPrincipal -Force") { Objects = 2, IsLookedUp = true, Undo = $"{JaneAndJack} | New-MailPrincipal -NoPassword" },
        new("Import-MailPrincipal", "[pscustomobject]@{ Name = 'joe@example.org' }, [pscustomobject]@{ Name = 'jane.roe'; Description = 'Changed' } | Import-MailPrincipal -NoPassword")
            { Objects = 2, ReadOutcome = ReadImported, IsLookedUp = true, IsThorough = true, Undo = "Remove-MailPrincipal joe@example.org -Force; Set-MailPrincipal jane.roe -Description Before" },
        new("New-MailDkimSignature", "New-MailDkimSignature example.org -Selector s -Algorithm Ed25519 -Stage Pending")
            { IsLookedUp = true, Undo = "Get-MailObject DkimSignature -Filter @{ selector = 's' } | Remove-MailObject -Force -NoReload" },
        new("Invoke-MailQueueReschedule", "Invoke-MailQueueReschedule -All -Force -At ([DateTimeOffset]'2026-11-24T10:00:00Z')")
            { IsLookedUp = true, Undo = "Invoke-MailQueueReschedule -All -Force -At ([DateTimeOffset]'2026-11-24T12:00:00Z')" },
        new("Remove-MailQueueMessage", "Remove-MailQueueMessage -All -Force") { IsLookedUp = true, IsThorough = true, Undo = "$deliver.Invoke()" },
        new("Remove-MailQueueMessage", "Get-MailQueueMessage | Remove-MailQueueMessage -Force") { IsLookedUp = true, Undo = "$deliver.Invoke()" },
        new("Suspend-MailQueue", "Suspend-MailQueue") { Undo = "Resume-MailQueue" },
        new("Resume-MailQueue", "Resume-MailQueue") { Preparation = "Suspend-MailQueue", Undo = "Suspend-MailQueue" },
        new("Remove-MailQueueReport", "Remove-MailQueueReport $report -Force") { IsLookedUp = true, Preparation = FindQueueReport, Undo = FindQueueReport },
        new("Remove-MailReport", "Remove-MailReport Dmarc $report -Force") { IsLookedUp = true, Preparation = FindReport, Undo = FindReport },
        new("Invoke-MailSpamTraining", "Invoke-MailSpamTraining -Message $message -Class Spam") { Undo = "" },
        new("New-MailObject", "New-MailObject AllowedIp @{ address = '192.0.2.1' } -NoReload") { PassesThru = true, IsThorough = true, Undo = "Get-MailObject AllowedIp | Remove-MailObject -Force -NoReload" },
        // The object, and its reload.
        new("New-MailObject", "New-MailObject BlockedIp @{ address = '192.0.2.1' }") { Objects = 2, NeedsTheFirst = true, Undo = "Get-MailObject BlockedIp | Remove-MailObject -Force" },
        new("Set-MailObject", "Set-MailObject Http -Property @{ enableHsts = $true } -NoReload -PassThru")
            { PassesThru = true, IsLookedUp = true, Undo = "Set-MailObject Http -Property @{ enableHsts = $false } -NoReload" },
        new("Remove-MailObject", "$object | Remove-MailObject -Force -NoReload") { IsLookedUp = true, Preparation = AllowIp, Undo = AllowIp },
        new("Invoke-MailSettingReload", "Invoke-MailSettingReload Lookup") { Undo = "" },
        new("Update-MailSpamFilter", "Update-MailSpamFilter") { IsThorough = true, Undo = "" },
        new("Update-MailWebAdmin", "Update-MailWebAdmin") { Undo = "" },
        new("Invoke-MailReindex", "Invoke-MailReindex -All -Force") { Undo = "" },
        new("Remove-MailTask", "Remove-MailTask $task") { IsLookedUp = true, Preparation = "$task = Update-MailSpamFilter", Undo = "$task = Update-MailSpamFilter" },
        new("Invoke-MailPurge", "Invoke-MailPurge jane.roe -Force") { Undo = "" },
        new("Restore-MailDeletedItem", "Restore-MailDeletedItem jane.roe -All -Force") { IsLookedUp = true, Undo = "$archive.Invoke()" },
        new("Reset-MailImapUid", "Reset-MailImapUid jane.roe -Force") { Undo = "" },
        new("Update-MailQuotaUsage", "Update-MailQuotaUsage jane.roe") { Undo = "" },
        new("Set-MailAccountCrypto", "Set-MailAccountCrypto \"$folder/a.pem\"") { IsLookedUp = true, Undo = "Set-MailAccountCrypto -Disable" },
        new("New-MailAppPassword", "New-MailAppPassword phone") { PassesThru = true, Undo = "Remove-MailAppPassword phone" },
        new("Remove-MailAppPassword", "Remove-MailAppPassword phone") { IsLookedUp = true, Preparation = "$null = New-MailAppPassword phone", Undo = "$null = New-MailAppPassword phone" },
        // What ends with the password: the connection too.
        new("Set-MailAccountPassword", "Set-MailAccountPassword $newPassword -Credential $me"),
        new("Enable-MailAccountOtp", "$otp | Enable-MailAccountOtp -Code $totp.Invoke($otp.Url) -Credential $me") { IsLookedUp = true, Preparation = "$otp = Enable-MailAccountOtp -Prepare", Undo = DisableOtp },
        new("Disable-MailAccountOtp", DisableOtp) { IsLookedUp = true, Preparation = EnableOtp, Undo = EnableOtp },
    ];

    /// <summary>Those that only read.</summary>
    public static IReadOnlyList<JmapFaultUse> Reads { get; } =
    [
        new("Test-MailConnection", "Test-MailConnection") { TakesAnything = true },
        new("Invoke-MailApi", "Invoke-MailApi account") { TakesAnything = true },
        new("Get-MailPrincipal", "Get-MailPrincipal") { IsThorough = true },
        new("Get-MailPrincipal", "Get-MailPrincipal jane.roe"),
        new("Get-MailPrincipal", "Get-MailPrincipal -Type List") { NeedsSample = true },
        new("Export-MailPrincipal", "$null = Export-MailPrincipal \"$folder/all.csv\" -Force; [IO.File]::ReadAllText(\"$folder/all.csv\")"),
        new("Get-MailDkimSignature", "Get-MailDkimSignature example.org") { Preparation = "$null = New-MailDkimSignature example.org -Selector s -Algorithm Ed25519 -Stage Pending" },
        new("Get-MailDnsRecord", "Get-MailDnsRecord example.org"),
        new("Get-MailQueueMessage", "Get-MailQueueMessage"),
        new("Get-MailQueueMessage", "Get-MailQueueMessage $one") { Preparation = "$one = (Get-MailQueueMessage -First 1).Id" },
        new("Get-MailQueueReport", "Get-MailQueueReport"),
        new("Get-MailDmarcReport", "Get-MailDmarcReport"),
        new("Get-MailDmarcReport", "Get-MailDmarcReport $one") { Preparation = "$one = (Get-MailDmarcReport -First 1).Id" },
        new("Get-MailTlsReport", "Get-MailTlsReport"),
        new("Get-MailArfReport", "Get-MailArfReport"),
        new("Get-MailServerLog", "Get-MailServerLog -First 5") { Varies = true },
        new("Test-MailSpam", "Test-MailSpam -Message $message -RemoteIp 192.0.2.1 -EhloDomain mx.spam.test"),
        new("Test-MailDelivery", "Test-MailDelivery info@customers.example") { Varies = true },
        new("Test-MailDmarc", "Test-MailDmarc -Message $message -RemoteIp 192.0.2.1") { Varies = true },
        new("Get-MailMetric", "@(Get-MailMetric)[0..1]") { NeedsSample = true, Varies = true },
        new("Get-MailTrace", "Get-MailTrace -First 2") { NeedsSample = true, Varies = true },
        new("Get-MailTraceEvent", "Get-MailTraceEvent $one") { NeedsSample = true, Preparation = "$one = (Get-MailTrace -First 1).SpanId" },
        new("Get-MailObjectType", "Get-MailObjectType Http") { NeedsNewConnection = true },
        new("Get-MailObject", "Get-MailObject Http"),
        new("Get-MailObject", "Get-MailObject Account") { IsThorough = true },
        new("Get-MailTask", "Get-MailTask") { Preparation = "$null = Update-MailSpamFilter" },
        new("Get-MailTask", "Get-MailTask $one") { Preparation = "$one = (Update-MailSpamFilter).Id" },
        new("Get-MailBlob", "Get-MailBlob $one -AsText") { Preparation = "$one = (Get-MailQueueMessage)[0].BlobId" },
        new("Get-MailDeletedItem", "Get-MailDeletedItem jane.roe"),
        new("Get-MailQuotaUsage", "Get-MailQuotaUsage jane.roe"),
        new("Get-MailAccountCrypto", "Get-MailAccountCrypto"),
        new("Get-MailAccountAuth", "Get-MailAccountAuth") { Preparation = "$null = New-MailAppPassword phone" },
    ];

    private static FaultOutcome ReadImported(PSObject output) => ((MailImportResult)output.BaseObject).ErrorId switch
    {
        null => FaultOutcome.Done,
        nameof(MailErrorCode.OutcomeUnknown) => FaultOutcome.Unknown,
        _ => FaultOutcome.Failed,
    };
}
