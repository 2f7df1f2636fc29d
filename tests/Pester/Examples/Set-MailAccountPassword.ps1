# The new password is the one that is typed at prompts.
$takesNewPassword = {
    $new = [pscredential]::new((Get-Credential).UserName, (ConvertTo-SecureString 'Raven-7923-Anchor-Zephyr' -AsPlainText -Force))
    $session = $SandboxServer.Version -eq '0.16' ? 'api/account' : 'api/account/auth'
    (Invoke-WebRequest "$($SandboxServer.Uri)$session" -Authentication Basic -Credential $new -AllowUnencryptedAuthentication -SkipHttpErrorCheck).StatusCode -eq 200
}
@{
    1 = @{ Before = Get-SignIn zoe.lefevre; Changes = $takesNewPassword }
    2 = @{ Before = Get-SignIn grace.hopper '$null = New-MailAppPassword phone' }
    3 = @{ Before = Get-SignIn ada.lovelace; Changes = $takesNewPassword }
    4 = @{ Before = Get-SignIn olga.petrova; Changes = $takesNewPassword }
}
