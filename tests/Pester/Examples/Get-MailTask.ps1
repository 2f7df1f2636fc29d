$newer = 'Connect-MailServer -Sandbox -ServerVersion 0.16; Invoke-MailPurge -Scope Data -Force'
@{
    1 = @{ Before = $newer }
    2 = @{ Before = $newer }
    3 = @{ Before = $newer }
}
