@{
    1 = @{ Changes = { @(Get-MailArfReport -IdOnly).Count -eq 1 } }
}
