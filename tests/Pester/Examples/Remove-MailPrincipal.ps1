@{
    1 = @{ Changes = { -not (Get-MailPrincipal -Type Individual | Where-Object Name -EQ jane.doe) } }
    3 = @{
        Before  = { Disable-MailPrincipal john.roe, zoe.lefevre }
        Changes = { -not (Get-MailPrincipal -Type Individual | Where-Object Name -EQ john.roe) }
    }
}
