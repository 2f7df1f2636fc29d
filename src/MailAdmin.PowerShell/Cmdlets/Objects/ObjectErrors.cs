using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Errors;

namespace MailAdmin.PowerShell.Cmdlets.Objects;

/// <summary>Creates ErrorRecords about objects.</summary>
internal static class ObjectErrors
{
    /// <summary>What was written, and is not in force.</summary>
    /// <param name="exception">Why.</param>
    /// <param name="types">The types of what was written.</param>
    public static ErrorRecord ReloadFailed(Exception exception, string types)
    {
        ErrorRecord described = ErrorCatalogue.CreateErrorRecord(exception, types);
        string message = $"The changes of {types} are written, but not in force. {exception.Message}";
        return new ErrorRecord(exception, "ReloadFailed", described.CategoryInfo.Category, types)
        {
            ErrorDetails = new ErrorDetails(message)
            {
                RecommendedAction = exception is MailServerException { ConflictingObject: { } culprit }
                    ? $"Correct it: Get-MailObject {culprit.Type} shows it, Set-MailObject changes it. The next change of any setting reloads all of them."
                    : described.ErrorDetails?.RecommendedAction,
            },
        };
    }
}
