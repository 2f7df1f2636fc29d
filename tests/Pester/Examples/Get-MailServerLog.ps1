@{
    3 = @{
        Before = {
            $wrong = [pscredential]::new('jane.doe', (ConvertTo-SecureString 'wrong' -AsPlainText -Force))
            $null = Invoke-WebRequest "$($SandboxServer.Uri)api/account/auth" -Authentication Basic -Credential $wrong -AllowUnencryptedAuthentication -SkipHttpErrorCheck
            Connect-MailServer $SandboxServer.Uri -Credential $SandboxServer.Credential
        }
    }
    5 = @{ IsEndless = $true }
}
