using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Module;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Account;

/// <summary>
/// Switches one-time codes on for the signed-in account (POST /account/auth enableOtpAuth; from 0.16 on x:AccountPassword/set), only after a code of the new secret was verified. At
/// a terminal it shows a QR code and prompts for a code; a script prepares the secret first: <c>$otp = Enable-MailAccountOtp -Prepare</c>, then <c>$otp | Enable-MailAccountOtp -Code 123456</c>.
/// </summary>
[Cmdlet(VerbsLifecycle.Enable, "MailAccountOtp", DefaultParameterSetName = InteractiveSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium,
    HelpUri = HelpPages.Folder + "Enable-MailAccountOtp.md")]
[OutputType(typeof(MailOtpSetup))]
public sealed class EnableMailAccountOtp : ReauthenticatingCmdlet
{
    private const string InteractiveSet = "Now";
    private const string PreparedSet = "Prepared";
    private const string PrepareSet = "Prepare";
    private const int MaxAttempts = 3;

    /// <summary>A secret from <c>Enable-MailAccountOtp -Prepare</c>. One that was prepared for another account is refused.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = PreparedSet)]
    [ValidateNotNull]
    public MailOtpSetup? InputObject { get; set; }

    /// <summary>The six digits that the authenticator app shows for the prepared secret. They are verified on this machine before anything is sent.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PreparedSet)]
    [ValidatePattern("^([0-9] ?){6}$")]
    public string? Code { get; set; }

    /// <summary>Generate a secret and return it; change nothing on the server.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PrepareSet)]
    public SwitchParameter Prepare { get; set; }

    /// <summary>What the authenticator app calls the server; no colon. Default: the host of the connection.</summary>
    [Parameter(ParameterSetName = InteractiveSet)]
    [Parameter(ParameterSetName = PrepareSet)]
    [ValidatePattern("^[^:]+$")]
    public string? Issuer { get; set; }

    private protected override void ProcessAccount()
    {
        // In the real run too: before a secret is shown and scanned.
        Pump.Wait(FallbackAdministrator.ThrowIfSignedInAsync(Client, Pump.Token));
        ThrowIfOtpEnabled();
        if (ParameterSetName == PrepareSet)
        {
            WriteObject(CreateSetup());
            return;
        }
        if (InputObject is { } setup && Client.UserName is { } login && !string.Equals(setup.Account, login, StringComparison.OrdinalIgnoreCase))
        {
            throw new ArgumentException($"The secret was prepared for '{setup.Account}', but the connection is signed in as '{login}'. Prepare a secret on this connection with Enable-MailAccountOtp -Prepare.");
        }
        if (Code is not null && !InputObject!.Verify(Code, Client.Time.GetUtcNow()))
        {
            throw new ArgumentException("The code is not valid for this secret. Nothing was changed. Check that the QR code of this secret was scanned, and that the clocks of both devices are right.");
        }
        if (ShouldAct($"account '{AccountName}'", "Require a one-time code at each sign-in with the password"))
        {
            EnableOtp(InputObject ?? CreateSetup());
        }
    }

    private MailOtpSetup CreateSetup() => MailOtpSetup.Create(Client.UserName ?? Credential?.UserName ?? "account", Issuer ?? Client.BaseUri.Host);

    private void EnableOtp(MailOtpSetup setup)
    {
        if (Code is null)
        {
            PromptForCode(setup);
        }
        PSCredential current = GetCurrentCredential();
        Pump.Wait(Client.Account.EnableOtpAsync(CreatePasswordCredential(current), setup.Url, Pump.Token));
        setup.Enabled = true;
        if (Client.Account.OneTimeCodeWarning is { } warning)
        {
            WriteWarning(warning);
        }
        RenewSession(MailCredential.FromPassword(current.UserName, SecureStringConverter.ToPlainText(current.Password), _ => ValueTask.FromResult<string?>(setup.Compute(Client.Time.GetUtcNow()))));
        WriteObject(setup);
    }

    private void ThrowIfOtpEnabled()
    {
        if (Pump.Wait(Client.Account.IsOtpEnabledAsync(Pump.Token)) == true)
        {
            throw new ArgumentException("One-time codes are already switched on. To use another secret, switch them off first with Disable-MailAccountOtp.");
        }
    }

    private void PromptForCode(MailOtpSetup setup)
    {
        try
        {
            Host.UI.WriteLine(setup.QrCode);
            Host.UI.WriteLine($"Scan this with an authenticator app, or enter the key {setup.Key} there.");
        }
        catch (Exception e) when (e is PSInvalidOperationException or NotImplementedException)
        {
            // There is no terminal: the prompt below finds that out too.
        }
        for (int i = 0; i < MaxAttempts; i++)
        {
            string code = Prompts.ReadLine(Host, "Code from the app: ")
                ?? throw new ArgumentException("No code was entered. Nothing was changed. In a script: $otp = Enable-MailAccountOtp -Prepare, scan $otp.QrCode, then $otp | Enable-MailAccountOtp -Code 123456.");
            if (setup.Verify(code, Client.Time.GetUtcNow()))
            {
                return;
            }
            Host.UI.WriteLine("The code is not valid for this secret.");
        }
        throw new ArgumentException("None of the codes was valid for this secret. Nothing was changed.");
    }
}
