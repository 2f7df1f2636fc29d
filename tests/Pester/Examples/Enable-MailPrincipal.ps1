@{
    1 = @{ Before = { Disable-MailPrincipal jane.doe }; Changes = { (Get-MailPrincipal jane.doe).Enabled } }
    2 = @{ Before = { Disable-MailPrincipal jane.doe }; Changes = { (Get-MailPrincipal jane.doe).Enabled } }
}
