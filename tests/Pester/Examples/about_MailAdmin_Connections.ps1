@{
    # The module is installed where other runspaces find it.
    4 = @{ Before = { $env:PSModulePath = (Get-Module MailAdmin).ModuleBase | Split-Path | Split-Path } }
}
