@{
    1 = @{ Changes = { -not (Get-MailConnection) } }
    2 = @{ Before = { Connect-MailServer -Sandbox -Name test -NoDefault } }
    3 = @{ Before = { Connect-MailServer -Sandbox -Name test -NoDefault }; Changes = { -not (Get-MailConnection) } }
}
