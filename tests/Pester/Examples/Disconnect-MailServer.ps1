@{
    1 = @{ Changes = { -not (Get-MailConnection) } }
    2 = @{ Before = { Connect-MailServer -Sandbox -Name test -NoDefault -ServerVersion $SandboxServer.Version } }
    3 = @{ Before = { Connect-MailServer -Sandbox -Name test -NoDefault -ServerVersion $SandboxServer.Version }; Changes = { -not (Get-MailConnection) } }
}
