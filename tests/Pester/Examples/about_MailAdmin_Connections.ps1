@{
    4 = @{ Before = { 'mx1', 'mx2' | ForEach-Object { Connect-MailServer -Sandbox -Name $_ } } }
    5 = @{ Before = { 'mx1', 'mx2' | ForEach-Object { Connect-MailServer -Sandbox -Name $_ } } }
    # The module is installed where other runspaces find it.
    6 = @{ Before = { $env:PSModulePath = (Get-Module MailAdmin).ModuleBase | Split-Path | Split-Path } }
}
