@{
    # The threads load the module by its name.
    4 = @{ Before = { $env:PSModulePath = (Split-Path (Get-Module MailAdmin).ModuleBase | Split-Path) + [IO.Path]::PathSeparator + $env:PSModulePath } }
}
