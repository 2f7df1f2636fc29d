$newer = 'Connect-MailServer -Sandbox -ServerVersion 0.16; Update-MailSpamFilter'
@{
    1 = @{ Before = $newer }
    2 = @{ Before = $newer }
    3 = @{ Before = $newer }
}
