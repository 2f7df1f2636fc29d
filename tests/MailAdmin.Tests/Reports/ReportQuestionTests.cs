// Who is asked whether a report is to be deleted learns what it is about, where that is known: its id says nothing.
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Reports;

public sealed class ReportQuestionTests
{
    [Theory]
    [InlineData("0.15", "Get-MailDmarcReport -First 1", "Remove-MailReport", false)]
    [InlineData("0.16", "Get-MailDmarcReport -First 1", "Remove-MailReport", false)]
    [InlineData("0.16", "Get-MailTlsReport -First 1", "Remove-MailReport", false)]
    [InlineData("0.16", "Get-MailArfReport -First 1", "Remove-MailReport", false)]
    [InlineData("0.15", "Get-MailQueueReport -First 1", "Remove-MailQueueReport", true)]
    [InlineData("0.16", "Get-MailQueueReport -First 1", "Remove-MailQueueReport", true)]
    public void The_question_says_what_the_report_is_about(string version, string source, string command, bool hasRange)
    {
        using var shell = new HostedShell();
        shell.Run($"Connect-MailServer -Sandbox -ServerVersion {version}; $report = {source}; $report | {command} -WhatIf").ShouldHaveNoErrors();
        string id = shell.Run("$report.Id").OutputAs<string>().Single();
        string domain = shell.Run("[string]($report.Domain ?? $report.ReportedDomain)").OutputAs<string>().Single();
        domain.ShouldNotBeEmpty();
        shell.HostText.ShouldContain($"report {id} (for {domain}, ");
        shell.HostText.ShouldMatch(hasRange ? @"\d{4}-\d\d-\d\d to \d{4}-\d\d-\d\d\)" : @"\d{4}-\d\d-\d\d\)");
    }

    [Fact]
    public void Of_an_id_alone_nothing_is_asked_of_the_server()
    {
        using var shell = new HostedShell();
        shell.Run("Connect-MailServer -Sandbox -ServerVersion 0.16; $id = (Get-MailDmarcReport -First 1).Id; Remove-MailReport Dmarc $id -WhatIf").ShouldHaveNoErrors();
        shell.HostText.ShouldMatch(@"report \w+\W+\.");
    }

    [Fact]
    public void A_report_and_its_id_are_one()
    {
        using var shell = new HostedShell();
        shell.Run("Connect-MailServer -Sandbox -ServerVersion 0.16; $report = Get-MailQueueReport -First 1; $report, $report.Id | Remove-MailQueueReport -WhatIf").ShouldHaveNoErrors();
        shell.HostText.Split("What if:").Length.ShouldBe(2, shell.HostText);
    }
}
