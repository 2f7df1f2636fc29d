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
                    cmdlet.WriteError(SettingErrors.InvalidSetting(problem, "The change is written, but the reload applied nothing."));
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
}
