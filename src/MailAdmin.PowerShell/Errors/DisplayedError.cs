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

    /// <summary>The same record about another form of its target.</summary>
    public static ErrorRecord WithTarget(ErrorRecord record, object? target) => ReferenceEquals(target, record.TargetObject)
        ? record
        : new ErrorRecord(record.Exception, record.FullyQualifiedErrorId, record.CategoryInfo.Category, target) { ErrorDetails = record.ErrorDetails };

    /// <summary>The same record, which names a server before its text.</summary>
    public static ErrorRecord Label(ErrorRecord record, string? server)
    {
        if (server is not null)
        {
            record.ErrorDetails = new ErrorDetails($"{server}: {record.ErrorDetails?.Message ?? record.Exception.Message}") { RecommendedAction = record.ErrorDetails?.RecommendedAction ?? "" };
        }
        return record;
    }
}
