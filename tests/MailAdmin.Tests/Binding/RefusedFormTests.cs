// What a refusal advises to type is tried: it works, and acts on no more than was named.
using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Binding;

public sealed class RefusedFormTests : IDisposable
{
    private readonly SandboxServer _server = new(new SandboxOptions { AdminPassword = HostedShell.SandboxPassword });
    private readonly HostedShell _shell;

    public RefusedFormTests()
    {
        _shell = HostedShell.CreateConnected(_server);
        _shell.Run("'star*user', 'starlight.user' | ForEach-Object { New-MailPrincipal -Identity $_ -Type Group }").ShouldHaveNoErrors();
    }

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("Remove-MailPrincipal 'star*user' -Force", "Remove-MailPrincipal 'star`*user'", "Get-MailPrincipal 'star*user'")]
    [InlineData("Set-MailPrincipal 'star*user' -Description x", "Set-MailPrincipal 'star`*user'", "Get-MailPrincipal 'star*user'")]
    [InlineData("Disable-MailPrincipal 'star*user'", "Disable-MailPrincipal 'star`*user'", "Get-MailPrincipal 'star*user'")]
    [InlineData("Reset-MailImapUid 'star*user' -Force", "Reset-MailImapUid 'star`*user'", "Get-MailPrincipal 'star*user' -Type Individual")]
    [InlineData("Get-MailDnsRecord 'example.*'", null, "Get-MailPrincipal 'example.*' -Type Domain")]
    [InlineData("New-MailDkimSignature 'example.*'", null, "Get-MailPrincipal 'example.*' -Type Domain")]
    [InlineData("Remove-MailQueueMessage -To '*@partner.example' -Force", null, "Get-MailQueueMessage | Where-Object { $_.To -like '*@partner.example' } to have it compared on this machine. What it shows can then be piped to Remove-MailQueueMessage.")]
    [InlineData("Remove-MailQueueMessage -From 'jane*' -To partner -Force", null, "Get-MailQueueMessage | Where-Object { $_.From -like 'jane*' -and $_.To -like '*partner*' } to have")]
    [InlineData("Remove-MailQueueMessage -From '*' -Force", null, "Get-MailQueueMessage | Where-Object { $_.From -like '*' } to have")]
    [InlineData("Remove-MailQueueMessage -To '*@*' -Force", null, "Get-MailQueueMessage | Where-Object { $_.To -like '*@*' } to have")]
    [InlineData("Remove-MailQueueMessage -Text '*' -Force", null, "Get-MailQueueMessage | Where-Object { $_.From -like '*' -or $_.To -like '*' } to have")]
    [InlineData("Invoke-MailQueueReschedule -From '*' -Force", null, "Get-MailQueueMessage | Where-Object { $_.From -like '*' } to have")]
    [InlineData("Get-MailQueueMessage -Text '*@partner.example'", null, "Get-MailQueueMessage | Where-Object { $_.From -like '*@partner.example' -or $_.To -like '*@partner.example' }")]
    [InlineData("Get-MailServerLog 'http*'", null, "Get-MailServerLog -First 5000 | Where-Object Details -like 'http*'")]
    public void The_lines_run_and_name_what_was_named(string script, string? literalLine, string listLine)
    {
        int before = _server.RequestLog.Count(IsWrite);
        string message = _shell.Run(script).Errors.ShouldHaveSingleItem().ToString();
        _server.RequestLog.Count(IsWrite).ShouldBe(before);
        message.ShouldContain(literalLine ?? listLine);
        message.ShouldContain(listLine);
        message.ShouldNotContain("| Remove-");
        message.ShouldNotContain("| Invoke-");
        listLine = listLine.Split(" to have")[0];
        ErrorRecord[] errors = [.. _shell.Run($"$WhatIfPreference = $true; {listLine}").Errors];
        errors.Select(e => e.ToString()).ShouldBeEmpty();
    }

    [Fact]
    public void What_is_called_like_a_pattern_is_removed_alone()
    {
        _shell.Run("Remove-MailPrincipal 'star`*user' -Force").ShouldHaveNoErrors();
        _shell.Run("(Get-MailPrincipal star*).Name").ShouldHaveNoErrors().OutputAs<string>().ShouldBe(["starlight.user"]);
    }

    [Theory]
    [InlineData("partner.example", "-Recipient '@partner.example'")]
    [InlineData("*@partner.example", "-Recipient '@partner.example'")]
    public void A_domain_of_recipients_is_written_with_its_at_sign(string recipient, string advice)
    {
        MailQueueMessage message = _shell.Run("Get-MailQueueMessage -To partner.example").ShouldHaveNoErrors().OutputAs<MailQueueMessage>()[0];
        _shell.SetVariable("message", message);
        _shell.Run($"$message | Remove-MailQueueMessage -Recipient {recipient} -Force").Errors.ShouldHaveSingleItem().ToString().ShouldContain(advice);
        _shell.Run($"$message | Remove-MailQueueMessage {advice} -WhatIf").ShouldHaveNoErrors();
    }

    [Fact]
    public void A_domain_to_reschedule_is_written_without_one() =>
        _shell.Run("Invoke-MailQueueReschedule 342084653895266304 -Domain jd@partner.example").Errors.ShouldHaveSingleItem().ToString().ShouldContain("example.org");

    private static bool IsWrite(string line) => !line.StartsWith("GET", StringComparison.Ordinal) && !line.StartsWith("POST /auth", StringComparison.Ordinal) && !line.StartsWith("POST /api/oauth", StringComparison.Ordinal);
}
