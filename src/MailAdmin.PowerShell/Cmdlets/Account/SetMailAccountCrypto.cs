using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Module;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Account;

/// <summary>Encrypts the mail of the signed-in account as it arrives, or stops doing so (POST /account/crypto; from 0.16 on x:PublicKey/set, x:AccountSettings/set).</summary>
[Cmdlet(VerbsCommon.Set, "MailAccountCrypto", DefaultParameterSetName = EncryptSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium,
    HelpUri = HelpPages.Folder + "Set-MailAccountCrypto.md")]
[OutputType(typeof(MailAccountCrypto))]
public sealed class SetMailAccountCrypto : ConnectionCmdlet
{
    private const string EncryptSet = "Encrypt";
    private const string DisableSet = "Disable";

    /// <summary>Files with armoured OpenPGP public keys, or with X.509 certificates (PEM or DER); not both kinds together. Wildcards are expanded. A file with a private key is refused.</summary>
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = EncryptSet)]
    [ValidateNotNullOrEmpty]
    public string[]? CertificatePath { get; set; }

    /// <summary>The cipher that mail is encrypted with. Default: Aes256. Aes256Gcm and ChaCha20Poly1305 need X.509 certificates and server 0.16 or later.</summary>
    [Parameter(ParameterSetName = EncryptSet)]
    [ValidateSet("Aes128", "Aes256", "Aes256Gcm", "ChaCha20Poly1305")]
    public string Algorithm { get; set; } = "Aes256";

    /// <summary>Let the spam filter learn from messages before they are encrypted (ignored by servers before 0.15).</summary>
    [Parameter(ParameterSetName = EncryptSet)]
    public SwitchParameter AllowSpamTraining { get; set; }

    /// <summary>Store arriving mail unencrypted. Mail that is already encrypted stays encrypted.</summary>
    [Parameter(Mandatory = true, ParameterSetName = DisableSet)]
    public SwitchParameter Disable { get; set; }

    /// <summary>Return the encryption settings after the change.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override object? ErrorTarget => ParameterSetName == DisableSet ? Client.UserName : string.Join("; ", CertificatePath!);

    private protected override void Process()
    {
        if ((ParameterSetName == DisableSet ? DisableEncryption() : EnableEncryption()) && PassThru)
        {
            WriteState();
        }
    }

    // It is changed: that it cannot be read again is no failure.
    private void WriteState()
    {
        try
        {
            WriteObject(Pump.Wait(Client.Account.GetCryptoAsync(Pump.Token)));
        }
        catch (MailServerException e)
        {
            WriteWarning($"The encryption of account '{Client.UserName}' was changed. It could not be read again: {e.Message}");
        }
    }

    private bool DisableEncryption()
    {
        if (!Disable)
        {
            throw new ArgumentException("Nothing was changed. Specify -CertificatePath to encrypt arriving mail, or -Disable to stop encrypting it.");
        }
        if (!PassesDryRun((dry, token) => dry.Account.DisableEncryptionAsync(token), ErrorTarget) || !ShouldAct($"account '{Client.UserName}'", "Store arriving mail unencrypted"))
        {
            return false;
        }
        Pump.Wait(Client.Account.DisableEncryptionAsync(Pump.Token));
        return true;
    }

    private bool EnableEncryption()
    {
        string[] files = [.. CertificatePath!.SelectMany(path => SessionState.Path.GetResolvedProviderPathFromPSPath(path, out _)).Distinct()];
        EncryptionCertificates certificates = ReadCertificates(files);
        Client.Account.FindCipher(certificates, Algorithm);
        string kind = certificates.IsPgp ? "OpenPGP" : "S/MIME";
        if (!ShouldAct($"account '{Client.UserName}'", $"Encrypt arriving mail with {kind} (only the private key can decrypt it; without that key the mail is lost)"))
        {
            return false;
        }
        long? count = Pump.Wait(Client.Account.EnableEncryptionAsync(certificates, Algorithm, AllowSpamTraining, Pump.Token));
        if (count is not null)
        {
            WriteVerbose($"The server read {count} certificates or keys.");
        }
        return true;
    }

    private static EncryptionCertificates ReadCertificates(string[] files)
    {
        byte[][] contents = [.. files.Select(File.ReadAllBytes)];
        foreach ((string file, byte[] content) in files.Zip(contents))
        {
            try
            {
                EncryptionCertificates.Parse([content]);
            }
            catch (FormatException e)
            {
                throw new FormatException($"'{file}': {e.Message}", e);
            }
        }
        return EncryptionCertificates.Parse(contents);
    }
}
