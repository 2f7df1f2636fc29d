using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;

namespace MailAdmin.PowerShell.Cmdlets.Log;

/// <summary>A level of log entries. A word that is none would hide everything, or nothing.</summary>
internal sealed class LogLevelArgumentAttribute : CellTransformationAttribute
{
    private protected override object ConvertValue(object value) =>
        value is LogLevel level ? level
        : LogLevel.Parse(value.ToString() ?? "") is { IsKnown: true } known ? known
        : throw new FormatException($"'{value}' is no level. The levels are {string.Join(", ", LogLevel.Known)}.");
}
