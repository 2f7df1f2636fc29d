@{
    RootModule           = 'bin/MailAdmin.PowerShell.dll'
    ModuleVersion        = '0.1.0'
    GUID                 = '4b0d6a52-5f6e-4c38-9a33-0f3c0c2b7d19'
    Author               = 'MailAdmin contributors'
    CompanyName          = 'MailAdmin contributors'
    Copyright            = '© MailAdmin contributors. MIT licence.'
    Description          = 'Administers a Stalwart mail server: accounts, groups, domains, roles and the rest, over its management REST API (0.11 to 0.15).'
    PowerShellVersion    = '7.6'
    CompatiblePSEditions = @('Core')
    FormatsToProcess     = @('MailAdmin.Format.ps1xml', 'MailAdmin.Settings.Format.ps1xml', 'MailAdmin.Queue.Format.ps1xml')
    TypesToProcess       = @('MailAdmin.Types.ps1xml')
    FunctionsToExport    = @()
    AliasesToExport      = @()
    VariablesToExport    = @()
    CmdletsToExport      = @(
        'Approve-MailDeviceCode'
        'Connect-MailServer'
        'ConvertTo-MailPasswordHash'
        'Disable-MailPrincipal'
        'Disconnect-MailServer'
        'Enable-MailPrincipal'
        'Export-MailPrincipal'
        'Get-MailArfReport'
        'Get-MailConnection'
        'Get-MailDkimSignature'
        'Get-MailDmarcReport'
        'Get-MailDnsRecord'
        'Get-MailPrincipal'
        'Get-MailQueueMessage'
        'Get-MailQueueReport'
        'Get-MailQueueStatus'
        'Get-MailSetting'
        'Get-MailTlsReport'
        'Import-MailPrincipal'
        'Invoke-MailApi'
        'Invoke-MailQueueReschedule'
        'Invoke-MailReindex'
        'Invoke-MailSettingReload'
        'New-MailDkimSignature'
        'New-MailPrincipal'
        'Remove-MailPrincipal'
        'Remove-MailQueueMessage'
        'Remove-MailQueueReport'
        'Remove-MailReport'
        'Remove-MailSetting'
        'Request-MailOAuthCode'
        'Request-MailStreamToken'
        'Resume-MailQueue'
        'Set-MailPrincipal'
        'Set-MailSetting'
        'Suspend-MailQueue'
        'Test-MailConnection'
        'Test-MailSetting'
        'Update-MailSpamFilter'
        'Update-MailWebAdmin'
    )
    PrivateData          = @{
        PSData = @{
            Tags         = @('Stalwart', 'Mail', 'MailServer', 'SMTP', 'IMAP', 'JMAP', 'Administration', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
            LicenseUri   = 'https://opensource.org/license/mit'
            ReleaseNotes = 'See CHANGELOG.md.'
        }
    }
}
