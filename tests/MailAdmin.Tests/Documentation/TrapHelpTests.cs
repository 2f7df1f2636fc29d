// What no client can prevent of a server from 0.16 on is told where an administrator looks it up (docs/api-0.16.md §11).
using MailAdmin.Tests.Conventions;

namespace MailAdmin.Tests.Documentation;

public sealed class TrapHelpTests
{
    [Theory]
    [InlineData(5, "Remove-MailPrincipal", "nothing brings it back", "A new account of the same name is another one")]
    [InlineData(6, "Enable-MailAccountOtp", "need an app password or an API key", "verified on this machine first")]
    [InlineData(7, "New-MailPrincipal", "sysAccountUpdate", "also that of an administrator")]
    [InlineData(7, "Set-MailPrincipal", "sysAccountUpdate", "also that of an administrator")]
    [InlineData(17, "New-MailPrincipal", "can neither read its mail nor change its password")]
    [InlineData(21, "Disable-MailPrincipal", "A domain cannot be disabled")]
    [InlineData(22, "New-MailObject", "DKIM keys", "before DNS has them")]
    [InlineData(23, "Set-MailObject", "alias", "caches")]
    [InlineData(24, "Set-MailPrincipal", "mailing lists that hold it keep it")]
    [InlineData(24, "Remove-MailPrincipal", "Mailing lists keep its address", "-RemoveMember")]
    [InlineData(25, "New-MailAppPassword", "not even where it is exchanged for tokens", "survives a", "new password")]
    [InlineData(25, "Set-MailAccountPassword", "One-time codes, app passwords and API keys stay valid", "After a theft, remove those too")]
    [InlineData(25, "Set-MailPrincipal", "ends no app password and no API key", "After a theft")]
    [InlineData(26, "Set-MailAccountPassword", "form of an app password")]
    [InlineData(28, "Remove-MailQueueMessage", "goes without a bounce")]
    [InlineData(36, "Set-MailPrincipal", "still signs in for up to an hour, unless the password is changed")]
    [InlineData(40, "Test-MailDmarc", "Judge by Pass", "Dmarc is None, not Fail")]
    [InlineData(42, "Remove-MailObject", "the next wrong password bans the address again", "resetRateLimiters")]
    public void A_page_says_what_the_server_does(int trap, string cmdlet, params string[] words)
    {
        TrapMap.All.ShouldContain(row => row.Number == trap);
        string text = string.Join(' ', HelpPage.Read(cmdlet).Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        foreach (string said in words)
        {
            text.ShouldContain(said);
        }
    }
}
