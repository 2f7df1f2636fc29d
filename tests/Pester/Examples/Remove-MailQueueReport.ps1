@{
    2 = @{ Changes = { -not (Get-MailQueueReport -Domain sender.test -IdOnly) } }
}
