using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;

namespace MailAdmin.PowerShell.Cmdlets.Report;

/// <summary>A kind of report.</summary>
internal sealed class ReportKindArgumentAttribute : CellTransformationAttribute
{
    private protected override object ConvertValue(object value) =>
        value is MailReportKind kind && Enum.IsDefined(kind) ? kind
        : value is string text && Enum.TryParse(text.Trim(), ignoreCase: true, out MailReportKind parsed) && Enum.IsDefined(parsed) && !char.IsAsciiDigit(text.Trim()[0]) ? parsed
        : throw new FormatException($"'{InputText.Format(value)}' is not a kind of report. Specify one of {string.Join(", ", Enum.GetNames<MailReportKind>())}.");
}
