using MailAdmin.Tests.Conventions;
using MailAdmin.Tests.Hosting;
using MailAdmin.Tests.Principals;
using static MailAdmin.Tests.Principals.JmapParameterUse;

namespace MailAdmin.Tests.Account;

/// <summary>What each parameter of the cmdlets for the signed-in account does on a server from 0.16 on. Enter-Otp switches its one-time codes on; $otp is their set-up.</summary>
internal sealed class AccountParameters : JmapParameterTable
{
    private const string Crypto = "Set-MailAccountCrypto";
    private const string NewApp = "New-MailAppPassword";
    private const string Password = "Set-MailAccountPassword";
    private const string Enable = "Enable-MailAccountOtp";
    private const string Disable = "Disable-MailAccountOtp";
    private const string Code = "Request-MailOAuthCode";
    private const string Approve = "Approve-MailDeviceCode";

    public AccountParameters()
    {
        Write("a.pem", TestCertificate.Pem);
        Shell.SetVariable("userCode", Server.SendAsync("POST", "/auth/device", "client_id=phone", authorization: null, contentType: "application/x-www-form-urlencoded").GetAwaiter().GetResult().Json.GetProperty("user_code").GetString());
        Prepare("function Enter-Otp { $global:otp = Enable-MailAccountOtp -Prepare; $global:otp | Enable-MailAccountOtp -Code $totp.Invoke($global:otp.Url) -Credential $me -WarningAction Ignore }");
    }

    public static IReadOnlyList<JmapParameterUse> Uses { get; } =
    [
        Works(Crypto, "CertificatePath", "$folder/a.pem", "(Get-MailAccountCrypto).Type -eq 'Smime'"),
        Works(Crypto, "Algorithm", "$folder/a.pem -Algorithm Aes256Gcm", "(Get-MailAccountCrypto).Algorithm -eq 'Aes256Gcm'"),
        Works(Crypto, "AllowSpamTraining", "$folder/a.pem -AllowSpamTraining", "(Get-MailAccountCrypto).AllowSpamTraining -eq $true"),
        Works(Crypto, "AllowSpamTraining", "$folder/a.pem", "(Get-MailAccountCrypto).AllowSpamTraining -eq $false"),
        new(Crypto, "Disable", "Set-MailAccountCrypto $folder/a.pem; Set-MailAccountCrypto -Disable", "(Get-MailAccountCrypto).IsEnabled -eq $false", null),
        Works(Crypto, "PassThru", "$folder/a.pem -PassThru", "$output.IsEnabled -eq $true"),

        Works(NewApp, "Name", "phone", "(Get-MailAccountAuth).AppPassword.Name -eq 'phone'"),
        IsRefused(NewApp, "HashAlgorithm", "phone -HashAlgorithm Bcrypt", "-HashAlgorithm"),
        Works(NewApp, "Expires", "phone -Expires 2126-11-23T10:00:00Z", "(Get-MailAccountAuth).AppPassword.Expires.Year -eq 2126"),
        Works(NewApp, "AllowedIp", "phone -AllowedIp 192.0.2.0/24", "\"$((Get-MailAccountAuth).AppPassword.AllowedIp)\" -eq '192.0.2.0/24'"),
        new("Remove-MailAppPassword", "Name", "$null = New-MailAppPassword phone; Remove-MailAppPassword phone", "@((Get-MailAccountAuth).AppPassword).Count -eq 0", null),

        Works(Password, "NewPassword", "$password -Credential $me", "$changes.Invoke() -eq 1"),
        Works(Password, "Credential", "$password -Credential $me", "$changes.Invoke() -eq 1"),
        IsRefused(Password, "Credential", "$password -Credential ([pscredential]::new('jane@example.org', $password))", "jane@example.org"),
        IsRefused(Password, "HashAlgorithm", "$password -Credential $me -HashAlgorithm Bcrypt", "-HashAlgorithm"),
        // Without it it is asked where app passwords may end.
        Works(Password, "Force", "$password -Credential $me -Force", "$changes.Invoke() -eq 1"),
        new(Password, "TotpCode", "Enter-Otp; Set-MailAccountPassword $password -Credential $me -TotpCode $totp.Invoke($otp.Url)", "(Get-MailAccountAuth).OtpEnabled -eq $true", null),

        Works(Enable, "Prepare", "-Prepare", "$output.Url -like 'otpauth://totp/*' -and -not (Get-MailAccountAuth).OtpEnabled"),
        Works(Enable, "Issuer", "-Prepare -Issuer 'Example Org'", "$output.Url -like '*issuer=Example%20Org*'"),
        new(Enable, "InputObject", "$setup = Enable-MailAccountOtp -Prepare; Enable-MailAccountOtp -InputObject $setup -Code $totp.Invoke($setup.Url) -Credential $me -WarningAction Ignore", "(Get-MailAccountAuth).OtpEnabled -eq $true", null),
        new(Enable, "Code", "$setup = Enable-MailAccountOtp -Prepare; $setup | Enable-MailAccountOtp -Code $totp.Invoke($setup.Url) -Credential $me -WarningAction Ignore", "(Get-MailAccountAuth).OtpEnabled -eq $true", null),
        new(Enable, "Credential", "$setup = Enable-MailAccountOtp -Prepare; $setup | Enable-MailAccountOtp -Code $totp.Invoke($setup.Url) -Credential $me -WarningAction Ignore", "(Get-MailAccountAuth).OtpEnabled -eq $true", null),
        // A code is asked for where they are on, and they are not switched on twice.
        new(Enable, "TotpCode", "Enter-Otp; try { $otp | Enable-MailAccountOtp -Code $totp.Invoke($otp.Url) -Credential $me -TotpCode $totp.Invoke($otp.Url) -ErrorAction Stop } catch { \"$_\" }", "$output -like '*already switched on*'", null),
        new(Disable, "Credential", "Enter-Otp; Disable-MailAccountOtp -Credential $me -TotpCode $totp.Invoke($otp.Url) -Force", "(Get-MailAccountAuth).OtpEnabled -eq $false", null),
        new(Disable, "TotpCode", "Enter-Otp; Disable-MailAccountOtp -Credential $me -TotpCode $totp.Invoke($otp.Url) -Force", "(Get-MailAccountAuth).OtpEnabled -eq $false", null),
        new(Disable, "Force", "Enter-Otp; Disable-MailAccountOtp -Credential $me -TotpCode $totp.Invoke($otp.Url) -Force", "(Get-MailAccountAuth).OtpEnabled -eq $false", null),

        Works(Code, "ClientId", "other-tool -Credential $me", "$output.ClientId -eq 'other-tool' -and $output.Code -is [securestring]"),
        Works(Code, "RedirectUri", "-Credential $me -RedirectUri https://tool.test/cb", "$output.RedirectUri -eq 'https://tool.test/cb'"),
        IsRefused(Code, "RedirectUri", "-Credential $me -RedirectUri http://127.0.0.1/cb", "-CodeChallenge"),
        Works(Code, "CodeChallenge", "-Credential $me -RedirectUri http://127.0.0.1/cb -CodeChallenge E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", "$output.Code -is [securestring]"),
        // Who exchanges the code gets it back in the id token (JmapAccountTests).
        Works(Code, "Nonce", "-Credential $me -Nonce n1", "$output.Code -is [securestring]"),
        IsRefused(Code, "Credential", "-Credential ([pscredential]::new('jane@example.org', $password))", "jane@example.org"),
        new(Code, "TotpCode", "Enter-Otp; Request-MailOAuthCode -Credential $me -TotpCode $totp.Invoke($otp.Url)", "$output.Code -is [securestring]", null),

        Works(Approve, "UserCode", "$userCode -Credential $me -Confirm:$false", "$true -eq $true"),
        IsRefused(Approve, "UserCode", "ABCD-EFGH -Credential $me -Confirm:$false", "ABCD-EFGH"),
        IsRefused(Approve, "Credential", "$userCode -Credential ([pscredential]::new('jane@example.org', $password)) -Confirm:$false", "jane@example.org"),
        new(Approve, "TotpCode", "Enter-Otp; Approve-MailDeviceCode $userCode -Credential $me -TotpCode $totp.Invoke($otp.Url) -Confirm:$false", "$true -eq $true", null),

        Works("Request-MailStreamToken", "Purpose", "Troubleshooting", "$output.Token -is [securestring]"),
        IsRefused("Request-MailStreamToken", "Purpose", "Tracing", "traces are part of Stalwart Enterprise"),
    ];
}
