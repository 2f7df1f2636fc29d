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
    FormatsToProcess     = @('MailAdmin.Format.ps1xml', 'MailAdmin.Account.Format.ps1xml')
    TypesToProcess       = @('MailAdmin.Types.ps1xml')
    FunctionsToExport    = @()
    AliasesToExport      = @()
    VariablesToExport    = @()
    CmdletsToExport      = @(
        'Approve-MailDeviceCode'
        'Connect-MailServer'
        'ConvertTo-MailPasswordHash'
        'Disable-MailAccountOtp'
        'Disable-MailPrincipal'
        'Disconnect-MailServer'
        'Enable-MailAccountOtp'
        'Enable-MailPrincipal'
        'Export-MailPrincipal'
        'Get-MailAccountAuth'
        'Get-MailAccountCrypto'
        'Get-MailBlob'
        'Get-MailConnection'
        'Get-MailDeletedItem'
        'Get-MailPrincipal'
        'Get-MailQuotaUsage'
        'Import-MailPrincipal'
        'Invoke-MailApi'
        'Invoke-MailPurge'
        'New-MailAppPassword'
        'New-MailPrincipal'
        'Remove-MailAppPassword'
        'Remove-MailPrincipal'
        'Request-MailOAuthCode'
        'Request-MailStreamToken'
        'Reset-MailImapUid'
        'Restore-MailDeletedItem'
        'Set-MailAccountCrypto'
        'Set-MailAccountPassword'
        'Set-MailPrincipal'
        'Test-MailConnection'
        'Update-MailQuotaUsage'
    )
    PrivateData          = @{
        PSData = @{
            Tags         = @('Stalwart', 'Mail', 'MailServer', 'SMTP', 'IMAP', 'JMAP', 'Administration', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
            LicenseUri   = 'https://opensource.org/license/mit'
            ReleaseNotes = 'See CHANGELOG.md.'
        }
    }
}
