@{
    1 = @{ Changes = { (Get-MailPrincipal jane.doe).Quota -eq 5GB } }
}
