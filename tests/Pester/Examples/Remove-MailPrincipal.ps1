@{
    1 = @{ Changes = { -not (Get-MailPrincipal -Type Individual | Where-Object Name -EQ jane.doe) } }
}
