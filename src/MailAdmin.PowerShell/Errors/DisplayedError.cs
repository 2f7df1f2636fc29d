using System.Management.Automation;
using MailAdmin.Client;

namespace MailAdmin.PowerShell.Errors;

/// <summary>What people see of an error.</summary>
internal static class DisplayedError
{
    /// <summary>The same record; where its text quotes control characters, they are shown as visible escapes.</summary>
    public static ErrorRecord Clean(ErrorRecord record)
    {
        string message = record.ErrorDetails?.Message ?? record.Exception.Message;
        string advice = record.ErrorDetails?.RecommendedAction ?? "";
        (string cleanMessage, string cleanAdvice) = (DisplayText.Clean(message), DisplayText.Clean(advice));
        if (!ReferenceEquals(cleanMessage, message) || !ReferenceEquals(cleanAdvice, advice))
        {
            record.ErrorDetails = new ErrorDetails(cleanMessage) { RecommendedAction = cleanAdvice };
        }
        return record;
    }
}
