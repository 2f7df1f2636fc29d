@{
    1 = @{ Changes = { -not (Get-MailPrincipal jane.doe).Enabled } }
}
