@{
    1 = @{ Before = Get-SignIn john.roe '$null = New-MailAppPassword phone'; Changes = { -not (Get-MailAccountAuth).AppPassword } }
    2 = @{ Before = Get-SignIn john.roe '$null = New-MailAppPassword tablet' }
    3 = @{ Before = Get-SignIn john.roe }
}
