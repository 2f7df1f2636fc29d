$withCodes = '
    function global:Read-Host { $secret.GetType().GetMethod("Compute", [Reflection.BindingFlags] "NonPublic, Instance").Invoke($secret, @([datetimeoffset]::Now)) }
    $secret = Enable-MailAccountOtp -Prepare
    $secret | Enable-MailAccountOtp -Code (Read-Host) -Credential (Get-Credential)'
@{
    1 = @{ Before = Get-SignIn olga.petrova }
    2 = @{ Before = Get-SignIn olga.petrova $withCodes; Changes = { -not (Get-MailAccountAuth).OtpEnabled } }
    3 = @{ Before = Get-SignIn ada.lovelace $withCodes; Changes = { -not (Get-MailAccountAuth).OtpEnabled } }
}
