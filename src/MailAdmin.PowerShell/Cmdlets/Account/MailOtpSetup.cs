using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.Isolated.OneTimeCodes;

namespace MailAdmin.PowerShell.Cmdlets.Account;

/// <summary>The secret that the authenticator app and the server share. Its text form and its view do not show it.</summary>
[ShownInShort(nameof(Account), nameof(Issuer))]
public sealed class MailOtpSetup : ServerObject
{
    private readonly string _secret;

    private MailOtpSetup(string account, string issuer, string secret) => (Account, Issuer, _secret) = (account, issuer, secret);

    /// <summary>The account that the codes are for.</summary>
    public string Account { get; }
    /// <summary>The server, as the app shows it.</summary>
    public string Issuer { get; }
    /// <summary>Whether the server requires codes of this secret.</summary>
    public bool Enabled { get; internal set; }
    /// <summary>The <c>otpauth://</c> URL with the secret.</summary>
    public string Url => OneTimeCode.CreateUrl(Issuer, Account, _secret);
    /// <summary>The URL as a QR code for the terminal.</summary>
    public string QrCode => QrCodeText.Render(Url);

    /// <summary>The secret in base 32, for apps that cannot scan.</summary>
    [Hidden]
    internal string Key => _secret;

    internal static MailOtpSetup Create(string account, string issuer) => new(account, issuer, OneTimeCode.CreateSecret());

    internal bool Verify(string code, DateTimeOffset now) => OneTimeCode.Verify(_secret, TotpCode.Normalize(code), now);

    internal string Compute(DateTimeOffset now) => OneTimeCode.Compute(_secret, now);

    /// <inheritdoc/>
    public override string ToString() => $"{Issuer}: {Account}";
}
