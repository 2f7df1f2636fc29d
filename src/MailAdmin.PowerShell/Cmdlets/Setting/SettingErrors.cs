using System.Management.Automation;
using MailAdmin.Client;

namespace MailAdmin.PowerShell.Cmdlets.Setting;

/// <summary>Creates ErrorRecords about settings.</summary>
internal static class SettingErrors
{
    /// <summary>An error that the server found in the settings.</summary>
    public static ErrorRecord InvalidSetting(MailSettingProblem problem, string consequence)
    {
        string message = $"{problem.ToString().TrimEnd('.')}. {consequence}";
        return new ErrorRecord(new InvalidOperationException(message), "InvalidSetting", ErrorCategory.InvalidData, problem)
        {
            ErrorDetails = new ErrorDetails(message)
            {
                RecommendedAction = problem.ObjectId is null
                    ? $"Correct the setting '{problem.Key}' with Set-MailSetting or Remove-MailSetting, check with Test-MailSetting, then reload again."
                    : $"Correct the object {problem.Key} '{problem.ObjectId}', then reload again.",
            },
        };
    }

    /// <summary>A dry run of a part, which the server does not have.</summary>
    public static ErrorRecord DryRunScopeNotSupported(ReloadScope scope) => new(
        new ArgumentException($"A dry run of {scope} alone is not possible: the server would actually reload it. Omit -Scope."), "DryRunScopeNotSupported", ErrorCategory.InvalidArgument, scope);
}
