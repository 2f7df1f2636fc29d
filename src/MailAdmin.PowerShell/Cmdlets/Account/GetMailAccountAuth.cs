using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Module;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Account;

/// <summary>Reads whether one-time codes are on for the signed-in account, and which app passwords it has (GET /account/auth; from 0.16 on x:AccountPassword/get, x:AppPassword/get).</summary>
[Cmdlet(VerbsCommon.Get, "MailAccountAuth",
    HelpUri = HelpPages.Folder + "Get-MailAccountAuth.md")]
[OutputType(typeof(MailAccountAuth))]
public sealed class GetMailAccountAuth : ConnectionCmdlet
{
    private protected override object? ErrorTarget => Client.UserName;

    private protected override void Process()
    {
        WriteObject(Pump.Wait(Client.Account.GetAuthAsync(Pump.Token)));
    }
}
