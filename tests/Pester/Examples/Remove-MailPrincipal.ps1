@{
    1 = @{ Changes = { -not (Get-MailPrincipal -Type Individual | Where-Object Email -EQ jane.doe@example.org) } }
    3 = @{
        Before  = { Disable-MailPrincipal john.roe, zoe.lefevre }
        Changes = { -not (Get-MailPrincipal -Type Individual | Where-Object Email -EQ john.roe@example.org) }
    }
}
