using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;

namespace MailAdmin.PowerShell.Cmdlets.Log;

/// <summary>A level of log entries. An unknown word would filter out everything, or nothing.</summary>
internal sealed class LogLevelArgumentAttribute : CellTransformationAttribute
{
    private protected override object ConvertValue(object value) =>
        value is LogLevel level ? level
        : LogLevelWords.Find(value.ToString()) is { } known ? known
        : throw new FormatException($"'{InputText.Format(value)}' is not a log level. The levels are {string.Join(", ", LogLevelWords.Known)}.");
}
