# Loads the module that the build has laid out, whatever is to be tested.
Describe 'stray' {
    It 'passes' {
        Import-Module (Join-Path $env:MAILADMIN_TEST_OTHER 'MailAdmin')
        (Get-Module MailAdmin).Name | Should -Be 'MailAdmin'
    }
}
