using MailAdmin.Client;
using MailAdmin.PowerShell.Errors;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Setting;

/// <summary>The full reload at the end of other cmdlets with -Reload.</summary>
internal static class SettingsReload
{
    /// <summary>Reloads; writes an error for each error that the server finds in the settings, and a warning for each warning.</summary>
    public static void Run(MailCmdlet cmdlet, MailClient client, PipelinePump pump, Action<Exception, object?> onError)
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
