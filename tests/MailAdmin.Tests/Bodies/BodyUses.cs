using MailAdmin.Client;

namespace MailAdmin.Tests.Bodies;

/// <summary>Every cmdlet that sends a body, with the fewest parameters and with all it has.</summary>
internal static class BodyUses
{
    private static readonly string[] s_immediate = ["0.11", "0.13"];
    private static readonly string[] s_samples = ["0.15"];
    private static readonly string[] s_withLocale = ["0.13", "0.15"];

    /// <summary>Parameters that change nothing of what is sent.</summary>
    public static IReadOnlyList<string> Elsewhere { get; } = ["Connection", "Server", "ThrottleLimit", "OutageTimeout", "Confirm", "WhatIf", "Path", "LiteralPath", "Recurse", "Format", "AllowUnusualName"];

    public static IReadOnlyList<BodyUse> All { get; } =
    [
        new(Operations.RequestOAuthCode, "Request-MailOAuthCode"),
        new(Operations.RequestOAuthCode, "Request-MailOAuthCode -ClientId intranet -RedirectUri stalwart://auth -Nonce abc"),
        new(Operations.RequestOAuthCode, "Approve-MailDeviceCode -UserCode abcd-efgh -Confirm:$false"),

        new(Operations.CreatePrincipal, "New-MailPrincipal new.colleague -NoPassword -NoAddress"),
        new(Operations.CreatePrincipal, "[pscustomobject]@{ Name = 'new.colleague'; Email = 'new.colleague@example.org' } | New-MailPrincipal -NoPassword -Enabled $false"),
        new(Operations.CreatePrincipal, "New-MailPrincipal new.example -Type Domain"),
        new(Operations.CreatePrincipal, "New-MailPrincipal nightly -Type ApiKey"),
        new(Operations.CreatePrincipal, "New-MailPrincipal club -Type List -Member jane.doe -ExternalMember press@example.com"),
        new(Operations.CreatePrincipal, "New-MailPrincipal tenant -Type Tenant -Quota 1GB"),
        new(Operations.CreatePrincipal, "New-MailPrincipal new.colleague -PasswordHash $hash"),
        new(Operations.CreatePrincipal, "New-MailPrincipal new.colleague -GeneratePassword -HashAlgorithm Sha256Crypt"),
        new(Operations.CreatePrincipal, """
            New-MailPrincipal -Identity New.Colleague -Type individual -Description Müller -Email new.colleague@example.org -Quota 1GB -Password $newPassword -MemberOf staff -List news `
                -Role user, helpdesk -EnabledPermission email-send -DisabledPermission email-receive -Url https://example.org/ -Tenant none -Picture abc
            """),
        new(Operations.CreatePrincipal, "New-MailPrincipal new.colleague -NoPassword -Locale de") { Versions = s_withLocale },
        new(Operations.CreatePrincipal, "[pscustomobject]@{ Name = 'new.colleague' } | Import-MailPrincipal -NoPassword -NoAddress"),
        new(Operations.CreatePrincipal, """
            [pscustomobject]@{ Name = 'new.colleague'; Type = 'individual'; Description = 'New'; Email = 'new.colleague@example.org;nc@example.org'; Password = 'only a test'; MemberOf = 'staff'; List = 'news'
                Role = 'user'; Quota = '5GB'; ExternalMember = ''; Url = 'https://example.org/'; Picture = '' } | Import-MailPrincipal -HashAlgorithm Sha256Crypt
            """),
        new(Operations.PatchPrincipal, """
            [pscustomobject]@{ Name = 'jane.doe'; Description = 'New'; Email = 'jane.doe@example.org;jd@example.org'; Password = 'only a test'; MemberOf = 'staff'; List = 'alerts'
                Role = 'user'; Quota = '5GB'; Url = 'https://example.org/' } | Import-MailPrincipal -Mode Update -Replace -ResetPassword
            """),

        new(Operations.PatchPrincipal, "Set-MailPrincipal jane.doe -Description Jane"),
        new(Operations.PatchPrincipal, "Set-MailPrincipal jane.doe -Enabled $false"),
        new(Operations.PatchPrincipal, """
            Set-MailPrincipal -Identity jane.doe -NewName jane.roe -Description 'Jane Roe' -Quota 2GB -Password $newPassword -HashAlgorithm Sha256Crypt -PrimaryEmail jane.roe@example.org `
                -AddMemberOf engineering -RemoveMemberOf sales -AddList alerts -RemoveList news -AddRole helpdesk -RemoveRole user -AddUrl https://example.org/1 -RemoveUrl https://example.org/2 `
                -AddEnabledPermission email-send -RemoveEnabledPermission email-receive -AddDisabledPermission email-receive -RemoveDisabledPermission email-send -Picture abc -PassThru
            """),
        new(Operations.PatchPrincipal, """
            Set-MailPrincipal jane.doe -Email jane.doe@example.org, jd@example.org -MemberOf staff -List alerts -Role user, helpdesk -EnabledPermission email-send -DisabledPermission email-receive `
                -Url https://example.org/1 -PasswordHash $hash
            """),
        new(Operations.PatchPrincipal, "Set-MailPrincipal jane.doe -Email jane.doe@example.org -Quota 0"),
        new(Operations.PatchPrincipal, "Set-MailPrincipal jane.doe -AddEmail jd@example.org -RemoveEmail jane@example.org -GeneratePassword"),
        new(Operations.PatchPrincipal, "Set-MailPrincipal jane.doe -Tenant none"),
        new(Operations.PatchPrincipal, "Set-MailPrincipal jane.doe -Locale de") { Versions = s_withLocale },
        new(Operations.PatchPrincipal, "Set-MailPrincipal jane.doe -Clear Locale") { Versions = s_withLocale },
        new(Operations.PatchPrincipal, "Set-MailPrincipal jane.doe -Clear ([enum]::GetNames((Get-Command Set-MailPrincipal).Parameters.Clear.ParameterType.GetElementType()).Where({ $_ -notin 'Locale', 'Expires', 'AllowedIp' }))"),
        new(Operations.PatchPrincipal, "Set-MailPrincipal news -Member jane.doe, john.roe -ExternalMember press@example.com"),
        new(Operations.PatchPrincipal, "Set-MailPrincipal news -AddMember john.roe -RemoveMember jane.doe -AddExternalMember a@example.com -RemoveExternalMember press@example.com"),
        new(Operations.PatchPrincipal, "Disable-MailPrincipal jane.doe"),
        new(Operations.PatchPrincipal, "Disable-MailPrincipal -Identity jane.doe -PassThru"),
        new(Operations.PatchPrincipal, "Disable-MailPrincipal jane.doe; Enable-MailPrincipal -Identity jane.doe -PassThru"),

        new(Operations.CreateDkimSignature, "New-MailDkimSignature other.example"),
        new(Operations.CreateDkimSignature, "New-MailDkimSignature -Domain example.net -Algorithm ed25519 -Selector test -Id of-a-test -Reload"),

        new(Operations.ChangeSettings, "Set-MailSetting session.rcpt.max-recipients 50"),
        new(Operations.ChangeSettings, "Set-MailSetting a.test ''"),
        new(Operations.ChangeSettings, "Set-MailSetting -Key a.test -Value 1 -NoClobber -Reload -PassThru"),
        new(Operations.ChangeSettings, "Set-MailSetting a.test 1; Remove-MailSetting -Key a.test -Force"),
        new(Operations.ChangeSettings, "Set-MailSetting a.test 1; Remove-MailSetting -Prefix a -Force"),
        new(Operations.ChangeSettings, "Set-MailSetting a.test 1; Remove-MailSetting -Prefix a.te -Raw -Force"),

        new(Operations.RestoreDeletedItems, "Get-MailDeletedItem jane.doe | Restore-MailDeletedItem"),
        new(Operations.RestoreDeletedItems, "Restore-MailDeletedItem -InputObject @(Get-MailDeletedItem jane.doe)[0]"),
        new(Operations.RestoreDeletedItems, "Restore-MailDeletedItem -Account jane.doe -All -Force"),

        new(Operations.TrainSpam, "Invoke-MailSpamTraining -Message $message -Class Spam") { Versions = s_immediate },
        new(Operations.TrainHam, "Invoke-MailSpamTraining -Message $message -Class Ham") { Versions = s_immediate },
        new(Operations.TrainSpamForAccount, "Invoke-MailSpamTraining -Message $message -Class Spam -Account jane.doe") { Versions = s_immediate },
        new(Operations.TrainHamForAccount, "Invoke-MailSpamTraining -Message $message -Class Ham -Account jane.doe") { Versions = s_immediate },
        new(Operations.UploadSpam, "Invoke-MailSpamTraining -Message $message -Class Spam -StartTraining") { Versions = s_samples },
        new(Operations.UploadHam, "Invoke-MailSpamTraining -Message $message -Class Ham") { Versions = s_samples },
        new(Operations.UploadSpamForAccount, "Invoke-MailSpamTraining -Message $message -Class Spam -Account jane.doe") { Versions = s_samples },
        new(Operations.UploadHamForAccount, "Invoke-MailSpamTraining -Message $message -Class Ham -Account jane.doe") { Versions = s_samples },

        new(Operations.ClassifyMessage, "Test-MailSpam -Message $message -RemoteIp 192.0.2.1"),
        new(Operations.ClassifyMessage, "Test-MailSpam -Message $message -RemoteIp 192.0.2.1 -From a@b.test -To c@d.test"),
        new(Operations.ClassifyMessage, "Test-MailSpam -Message $message -RemoteIp fe80::1%1 -From '<>' -To c@d.test, e@d.test -EhloDomain b.test -AuthenticatedAs jane.doe -Tls"),
        new(Operations.ClassifyMessage, "[pscustomobject]@{ Message = $message; RemoteIp = '192.0.2.1'; EhloDomain = '' } | Test-MailSpam -Message $message"),
        new(Operations.TestDmarc, "Test-MailDmarc -RemoteIp 192.0.2.1 -From a@b.test"),
        new(Operations.TestDmarc, "Test-MailDmarc -Message $message -RemoteIp 192.0.2.1"),
        new(Operations.TestDmarc, "Test-MailDmarc -Message $message -RemoteIp fe80::1%1 -From '<>'"),
        new(Operations.TestDmarc, "Test-MailDmarc -Message $message -RemoteIp ::ffff:192.0.2.1 -From a@b.test -EhloDomain b.test -Quiet"),

        new(Operations.SetAccountCrypto, "Set-MailAccountCrypto -Disable") { RunsAsAccount = true },
        new(Operations.SetAccountCrypto, "Set-MailAccountCrypto $key") { RunsAsAccount = true },
        new(Operations.SetAccountCrypto, "Set-MailAccountCrypto -CertificatePath $key -Algorithm aes128 -AllowSpamTraining -PassThru") { RunsAsAccount = true },
        new(Operations.ChangeAccountAuth, "New-MailAppPassword phone") { RunsAsAccount = true },
        new(Operations.ChangeAccountAuth, "New-MailAppPassword -Name phone -HashAlgorithm Sha256Crypt") { RunsAsAccount = true },
        new(Operations.ChangeAccountAuth, "$null = New-MailAppPassword phone; Remove-MailAppPassword -Name phone") { RunsAsAccount = true },
        new(Operations.ChangeAccountAuth, "Set-MailAccountPassword $newPassword -Credential $credential") { RunsAsAccount = true },
        new(Operations.ChangeAccountAuth, "Set-MailAccountPassword -NewPassword $newPassword -Credential $credential -HashAlgorithm Sha256Crypt -TotpCode 123456 -Force") { RunsAsAccount = true },
        new(Operations.ChangeAccountAuth, """
            $otp = Enable-MailAccountOtp -Prepare -Issuer Test; Enable-MailAccountOtp -InputObject $otp -Code (& $code $otp.Url) -Credential $credential
            Disable-MailAccountOtp -Credential $credential -TotpCode (& $code $otp.Url) -Force
            """) { RunsAsAccount = true },
        new(Operations.ChangeAccountAuth, "$otp = Enable-MailAccountOtp -Prepare; $otp | Enable-MailAccountOtp -Code (& $code $otp.Url) -Credential $credential -TotpCode 123456") { RunsAsAccount = true },

        // A body that a script makes: a list of one stays a list, a number a number, and null is what the script says.
        new(Operations.PatchPrincipal, "Invoke-MailApi -Path principal/jane.doe -Method PATCH -Body @(@{ action = 'set'; field = 'quota'; value = 1GB }) -ContentType application/json -Raw -IncludeSecret -Force -Confirm:$false"),
        new(Operations.CreateDkimSignature, "Invoke-MailApi dkim POST -Body @{ id = $null; algorithm = 'Ed25519'; domain = 'example.net'; selector = $null } -Confirm:$false"),
        new(Operations.ClassifyMessage, """
            Invoke-MailApi spam-filter/classify POST -Body @{ message = 'From: a@b.test'; remoteIp = '192.0.2.1'; isTls = $false; envFrom = 'a@b.test'; envFromFlags = 0; envRcptTo = @('c@d.test') } -Confirm:$false
            """),
        new(Operations.RestoreDeletedItems, "Invoke-MailApi store/undelete/jane.doe POST -Body 'null' -Confirm:$false"),
    ];
}
