// Reloading the settings after a change, and how what the server finds wrong becomes errors and warnings.
using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Errors;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Setting;

/// <summary>The full reload that other cmdlets end with when they are told -Reload.</summary>
internal static class SettingsReload
{
    /// <summary>Reloads; errors become ErrorRecords, warnings warnings.</summary>
    public static void Run(Cmdlet cmdlet, MailClient client, PipelinePump pump, Action<Exception, object?> onError)
    {
        try
        {
            foreach (MailSettingProblem problem in pump.Wait(client.Maintenance.ReloadAsync(ReloadScope.All, pump.Token)))
            {
                if (problem.Severity == MailSettingSeverity.Error)
                {
                    cmdlet.WriteError(CreateErrorRecord(problem, "The change is written, but the reload took up nothing."));
                }
                else
                {
                    cmdlet.WriteWarning(problem.ToString());
                }
            }
        }
        catch (Exception e) when (ErrorCatalogue.IsClientException(e))
        {
            onError(e, "reload");
        }
    }

    /// <summary>The record of an error in the settings.</summary>
    public static ErrorRecord CreateErrorRecord(MailSettingProblem problem, string consequence)
    {
        string message = $"{problem.ToString().TrimEnd('.')}. {consequence}";
        return new ErrorRecord(new InvalidOperationException(message), "SettingError", ErrorCategory.InvalidData, problem)
        {
            ErrorDetails = new ErrorDetails(message)
            {
                RecommendedAction = $"Correct the setting '{problem.Key}' with Set-MailSetting or Remove-MailSetting, look with Test-MailSetting, then reload again.",
            },
        };
    }
}
