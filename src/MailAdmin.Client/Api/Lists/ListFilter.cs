using System.Diagnostics.CodeAnalysis;

namespace MailAdmin.Client.Api.Lists;

/// <summary>Checks the filters of lists: one that the server would ignore, and then match everything, is refused.</summary>
internal static class ListFilter
{
    /// <summary>A filter without blanks around it; null where there is none.</summary>
    /// <param name="text">The filter.</param>
    /// <param name="operation">The call that it is for.</param>
    /// <param name="field">Its name.</param>
    /// <param name="whenIgnored">What the server would do without it, such as <c>list every report</c>.</param>
    /// <param name="usage">What the server does with a filter, and what to write in place of a wildcard, as the end of a sentence.</param>
    /// <exception cref="MailServerException"><c>RejectedByClient</c> for a blank and for a wildcard.</exception>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Normalize(string? text, Operation operation, string field, string whenIgnored, string usage)
    {
        if (text is null)
        {
            return null;
        }
        if (string.IsNullOrWhiteSpace(text))
        {
            throw MailServerException.CreateRefusal(operation, field, $"{field} is blank: the server would ignore it and {whenIgnored}.");
        }
        return text.AsSpan().ContainsAny('*', '?')
            ? throw MailServerException.CreateRefusal(operation, field, $"'{text}' contains a wildcard, which the server does not support: {usage}.")
            : text.Trim();
    }
}
