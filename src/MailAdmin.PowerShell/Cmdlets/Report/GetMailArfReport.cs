using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Module;

namespace MailAdmin.PowerShell.Cmdlets.Report;

/// <summary>Gets abuse reports, complaints about mail that this server sent (GET /reports/arf, GET /reports/arf/{id}), the newest first.</summary>
[Cmdlet(VerbsCommon.Get, "MailArfReport", DefaultParameterSetName = ByFilter, SupportsPaging = true,
    HelpUri = HelpPages.Folder + "Get-MailArfReport.md")]
[OutputType(typeof(MailArfReport), typeof(MailReport))]
public sealed class GetMailArfReport : GetReportCmdlet<MailArfReport>
{
    private protected override MailReportKind Kind => MailReportKind.Arf;

    private protected override Task<MailArfReport> GetAsync(string id, CancellationToken cancellationToken) => Client.IncomingReports.GetArfAsync(id, cancellationToken);
}
