using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Module;

namespace MailAdmin.PowerShell.Cmdlets.Report;

/// <summary>
/// Gets TLS reports: how many sessions to the server's domains were encrypted, and why the others were not (GET /reports/tls, GET
/// /reports/tls/{id}), the newest first.
/// </summary>
[Cmdlet(VerbsCommon.Get, "MailTlsReport", DefaultParameterSetName = ByFilter, SupportsPaging = true,
    HelpUri = HelpPages.Folder + "Get-MailTlsReport.md")]
[OutputType(typeof(MailTlsReport), typeof(MailReport))]
public sealed class GetMailTlsReport : GetReportCmdlet<MailTlsReport>
{
    private protected override MailReportKind Kind => MailReportKind.Tls;

    private protected override Task<MailTlsReport> GetAsync(string id, CancellationToken cancellationToken) => Client.IncomingReports.GetTlsAsync(id, cancellationToken);
}
