@{
    2 = @{ Before = Get-SignIn jane.doe '$null = New-MailAppPassword phone' }
}
