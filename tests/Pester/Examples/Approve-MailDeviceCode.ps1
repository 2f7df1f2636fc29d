# A device that waits, and the code that it shows.
$waits = {
    Connect-MailServer $SandboxServer.Uri -Credential $SandboxServer.Credential
    $device = Invoke-RestMethod "$($SandboxServer.Uri)auth/device" -Method Post -Body @{ client_id = 'printer' }
    function global:Read-Host { $device.user_code }
}
$signsIn = {
    $form = @{ grant_type = 'urn:ietf:params:oauth:grant-type:device_code'; device_code = $device.device_code; client_id = 'printer' }
    [bool] (Invoke-RestMethod "$($SandboxServer.Uri)auth/token" -Method Post -Body $form -SkipHttpErrorCheck).access_token
}
@{
    2 = @{ Before = $waits; Changes = $signsIn }
    3 = @{ Before = $waits; Changes = $signsIn }
}
