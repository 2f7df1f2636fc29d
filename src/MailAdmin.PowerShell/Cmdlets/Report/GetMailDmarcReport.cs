using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Module;

namespace MailAdmin.PowerShell.Cmdlets.Report;

/// <summary>
/// Gets aggregate DMARC reports: who sends mail in the name of the server's domains, and what became of it (GET /reports/dmarc, GET
/// /reports/dmarc/{id}), the newest first.
/// </summary>
[Cmdlet(VerbsCommon.Get, "MailDmarcReport", DefaultParameterSetName = ByFilter, SupportsPaging = true,
    HelpUri = HelpPages.Folder + "Get-MailDmarcReport.md")]
[OutputType(typeof(MailDmarcReport), typeof(MailReport))]
public sealed class GetMailDmarcReport : GetReportCmdlet<MailDmarcReport>
{
    private protected override MailReportKind Kind => MailReportKind.Dmarc;

    private protected override Task<MailDmarcReport> GetAsync(string id, CancellationToken cancellationToken) => Client.IncomingReports.GetDmarcAsync(id, cancellationToken);
}
