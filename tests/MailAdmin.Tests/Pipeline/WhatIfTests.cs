// -WhatIf sends no write, and says what the real run would say.
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Pipeline;

public sealed class WhatIfTests : IDisposable
{
    private readonly SandboxServer _server = new(new SandboxOptions { AdminPassword = HostedShell.SandboxPassword });
    private readonly HostedShell _shell;

    public WhatIfTests() => _shell = HostedShell.CreateConnected(_server);

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("Invoke-MailPurge nobody")]
    [InlineData("Reset-MailImapUid nobody")]
    [InlineData("Reset-MailImapUid example.org")]
    [InlineData("Update-MailQuotaUsage nobody")]
    [InlineData("Invoke-MailReindex nobody@example.org")]
    [InlineData("Remove-MailQueueMessage 342084653895266304")]
    [InlineData("Invoke-MailQueueReschedule 342084653895266304")]
    [InlineData("Remove-MailReport Dmarc 342084721459212299_1797990706")]
    [InlineData("Remove-MailQueueReport 'd!nowhere.example!1!1!1'")]
    [InlineData("Remove-MailSetting no.such.key")]
    [InlineData("Remove-MailSetting -Prefix no.such")]
    [InlineData("New-MailDkimSignature nowhere.example")]
    [InlineData("Remove-MailAppPassword nothing")]
    public void What_is_not_there_is_said(string command)
    {
        int before = _server.RequestLog.Count(IsWrite);
        _shell.Run($"{command} -WhatIf").Errors.ShouldHaveSingleItem();
        _server.RequestLog.Count(IsWrite).ShouldBe(before);
        _shell.HostText.ShouldNotContain("What if");
    }

    [Theory]
    [InlineData("Invoke-MailPurge jane.doe")]
    [InlineData("Get-MailPrincipal jane.doe | Reset-MailImapUid")]
    [InlineData("Get-MailQueueMessage -First 1 | Remove-MailQueueMessage")]
    [InlineData("New-MailDkimSignature example.org -Id new")]
    public void What_is_there_is_described(string command)
    {
        _shell.Run($"{command} -WhatIf").ShouldHaveNoErrors();
        _shell.HostText.ShouldContain("What if");
    }

    // Purges and rebuilds are started by GET.
    private static bool IsWrite(string line) => !line.StartsWith("GET", StringComparison.Ordinal) || line.Contains("/store/purge", StringComparison.Ordinal) || line.Contains("/store/reindex", StringComparison.Ordinal);

    [Fact]
    public void An_account_is_no_message_of_the_queue() =>
        _shell.Run("Get-MailPrincipal jane.doe | Get-MailQueueMessage").Errors.ShouldHaveSingleItem().ToString().ShouldContain("Get-MailQueueMessage -Text 'jane.doe@example.org'");
}
