@{
    3 = @{
        Before = {
            $wrong = [pscredential]::new('jane.doe', (ConvertTo-SecureString 'wrong' -AsPlainText -Force))
            $session = $SandboxServer.Version -eq '0.16' ? 'api/account' : 'api/account/auth'
            $null = Invoke-WebRequest "$($SandboxServer.Uri)$session" -Authentication Basic -Credential $wrong -AllowUnencryptedAuthentication -SkipHttpErrorCheck
            Connect-MailServer $SandboxServer.Uri -Credential $SandboxServer.Credential
        }
    }
    5 = @{ IsEndless = $true }
}
