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

    [Theory]
    [InlineData("Reset-MailImapUid announcements", 0)]
    [InlineData("Update-MailQuotaUsage announcements@example.org", 0)]
    [InlineData("Invoke-MailPurge announcements", 0)]
    [InlineData("Invoke-MailReindex announcements", 0)]
    [InlineData("Update-MailQuotaUsage nobody", 0)]
    [InlineData("New-MailDkimSignature nowhere.example -Algorithm Ed25519", 1)]
    [InlineData("'there', 'new' | Set-MailSetting -Value 60 -NoClobber", 1)]
    [InlineData("Remove-MailPrincipal jane.doe, JANE.DOE", 1)]
    [InlineData("Remove-MailPrincipal jane.doe, jane.doe@example.org", 1)]
    [InlineData("'jane.doe@example.org', 'jane.doe', 'nobody', 'NOBODY' | Remove-MailPrincipal", 1)]
    [InlineData("(Get-MailPrincipal jane.doe), 'Jane.Doe' | Remove-MailPrincipal", 1)]
    [InlineData("Set-MailPrincipal jane.doe, Jane.Doe, jane.doe@example.org -Description x", 1)]
    [InlineData("Set-MailPrincipal jane.doe, JANE.DOE, jane.doe@example.org -Quota 1GB -ThrottleLimit 1", 1)]
    [InlineData("'jane.doe@example.org', 'jane.doe' | Disable-MailPrincipal", 1)]
    [InlineData("Reset-MailImapUid jane.doe, JANE.DOE, jane.doe@example.org", 1)]
    [InlineData("Remove-MailQueueReport $report, $report", 1)]
    [InlineData("$dmarc, $dmarc | Remove-MailReport", 1)]
    [InlineData("Invoke-MailQueueReschedule $message, $message", 1)]
    [InlineData("Remove-MailQueueMessage $message, $message", 1)]
    [InlineData("Remove-MailSetting there, there", 1)]
    public void The_real_run_says_the_same_and_does_what_was_announced(string command, int count)
    {
        _shell.Run("""
            New-MailPrincipal announcements -Type List -Email announcements@example.org
            Set-MailSetting there 1
            $report = (Get-MailQueueReport)[0].Id; $dmarc = (Get-MailDmarcReport)[0]; $message = (Get-MailQueueMessage -First 1).Id
            """).ShouldHaveNoErrors();
        int before = _shell.HostText.Length;
        ScriptResult announced = _shell.Run($"{command} -WhatIf");
        _shell.HostText[before..].Split("What if").Length.ShouldBe(count + 1);

        int sent = _server.RequestLog.Count;
        ScriptResult real = _shell.Run($"{command} -Confirm:$false");
        _server.RequestLog.Skip(sent).Where(IsWrite).Distinct().Count().ShouldBe(count);
        real.Errors.Select(error => error.FullyQualifiedErrorId).ShouldBe(announced.Errors.Select(error => error.FullyQualifiedErrorId));
        Warnings(real).ShouldBe(Warnings(announced), ignoreOrder: true);
        (Warnings(real).Length + real.Errors.Count).ShouldBeGreaterThan(0);
    }

    // What became of a message is known afterwards only, and which of two names at once comes first is left to chance.
    private static string[] Warnings(ScriptResult run) =>
        [.. run.Warnings.Select(warning => warning.Message).Where(text => !text.Contains("due when", StringComparison.Ordinal)).Select(text => text.Contains("acts on it once", StringComparison.Ordinal) ? "once" : text)];

    // Purges and rebuilds are started by GET.
    private static bool IsWrite(string line) => !line.StartsWith("GET", StringComparison.Ordinal) || line.Contains("/store/purge", StringComparison.Ordinal) || line.Contains("/store/reindex", StringComparison.Ordinal);

    [Fact]
    public void An_account_is_no_message_of_the_queue() =>
        _shell.Run("Get-MailPrincipal jane.doe | Get-MailQueueMessage").Errors.ShouldHaveSingleItem().ToString().ShouldContain("Get-MailQueueMessage -Text 'jane.doe@example.org'");
}
