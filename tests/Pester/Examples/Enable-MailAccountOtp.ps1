$readsCode = 'function global:Read-Host { $otp.GetType().GetMethod("Compute", [Reflection.BindingFlags] "NonPublic, Instance").Invoke($otp, @([datetimeoffset]::Now)) }'
@{
    1 = @{ Before = Get-SignIn priya.sharma }
    2 = @{ Before = Get-SignIn priya.sharma }
    3 = @{ Before = Get-SignIn priya.sharma $readsCode; Changes = { (Get-MailAccountAuth).OtpEnabled } }
}
