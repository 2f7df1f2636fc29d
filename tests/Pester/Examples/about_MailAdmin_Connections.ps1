@{
    # The page is shown too, and the browser is that of the test.
    3 = @{ Before = { $env:BROWSER = 'no-such-browser' } }
    5 = @{ Before = { 'mx1', 'mx2' | ForEach-Object { Connect-MailServer -Sandbox -Name $_ -ServerVersion $SandboxServer.Version } } }
    6 = @{ Before = { 'mx1', 'mx2' | ForEach-Object { Connect-MailServer -Sandbox -Name $_ -ServerVersion $SandboxServer.Version } } }
    # The module is installed where other runspaces find it.
    7 = @{ Before = { $env:PSModulePath = (Get-Module MailAdmin).ModuleBase | Split-Path | Split-Path } }
}
