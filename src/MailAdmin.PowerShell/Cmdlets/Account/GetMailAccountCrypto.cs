using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Module;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Account;

/// <summary>Reads how the mail of the signed-in account is encrypted as it arrives (GET /account/crypto; from 0.16 on x:AccountSettings/get, x:PublicKey/get).</summary>
[Cmdlet(VerbsCommon.Get, "MailAccountCrypto",
    HelpUri = HelpPages.Folder + "Get-MailAccountCrypto.md")]
[OutputType(typeof(MailAccountCrypto))]
public sealed class GetMailAccountCrypto : ConnectionCmdlet
{
    private protected override object? ErrorTarget => Client.UserName;

    private protected override void Process()
    {
        WriteObject(Pump.Wait(Client.Account.GetCryptoAsync(Pump.Token)));
    }
}
