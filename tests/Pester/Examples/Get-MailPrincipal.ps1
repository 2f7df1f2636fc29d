@{
    4 = @{ Before = { Disable-MailPrincipal john.roe } }
}
