$withCertificate = Get-SignIn aisha.rahman '
    $key = [Security.Cryptography.RSA]::Create(2048)
    $request = [Security.Cryptography.X509Certificates.CertificateRequest]::new("CN=jane", $key, "SHA256", [Security.Cryptography.RSASignaturePadding]::Pkcs1)
    Set-Content ./jane.pem $request.CreateSelfSigned([datetimeoffset]::Now, [datetimeoffset]::Now.AddDays(1)).ExportCertificatePem()'
@{
    1 = @{ Before = $withCertificate }
    2 = @{ Before = $withCertificate }
    3 = @{ Before = $withCertificate }
    4 = @{ Before = $withCertificate + '; Set-MailAccountCrypto ./jane.pem'; Changes = { -not (Get-MailAccountCrypto).IsEnabled } }
}
