using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Errors;

namespace MailAdmin.PowerShell.Cmdlets.Principal;

/// <summary>Makes the ErrorRecords of the principal cmdlets that are not failed requests.</summary>
internal static class PrincipalErrors
{
    /// <summary>No principal, or none of the requested types, has the name or address.</summary>
    public static ErrorRecord NotFound(string name, PrincipalType[]? types = null)
    {
        string message = types is null ? $"There is no principal '{name}'." : $"There is no principal '{name}' of type {string.Join(" or ", types)}.";
        ErrorRecord record = ErrorCatalogue.NotFound(message, name);
        record.ErrorDetails = new ErrorDetails(message) { RecommendedAction = $"Get-MailPrincipal lists the names; Get-MailPrincipal {QuotedText.Quote($"{name[..Math.Min(name.Length, 3)]}*")} those that begin so." };
        return record;
    }

    /// <summary>A pattern where one principal is meant, and what to type instead.</summary>
    /// <param name="identity">The pattern.</param>
    /// <param name="literalLine">The line for the principal that is called exactly so.</param>
    /// <param name="filter">What narrows the list, with a blank before it.</param>
    public static string FormatWildcardAdvice(PrincipalIdentity identity, string literalLine, string filter) =>
        $"'{identity}' contains a wildcard, which only Get-MailPrincipal accepts. {WildcardExtensions.FormatAdvice(literalLine, $"Get-MailPrincipal {QuotedText.Quote(identity.Name)}{filter}")}";

    /// <summary>Says that a principal was changed, and cannot be returned.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="reason">Why it could not be read again.</param>
    public static string FormatUnread(string name, string reason) => $"'{name}' was changed as specified. It could not be read again, and so is not returned. {reason}";

    /// <summary>The headers cannot be mapped to fields.</summary>
    public static ErrorRecord InvalidColumns(ColumnMapException exception, string source) => new(exception, exception.ErrorId, ErrorCategory.InvalidData, source);

    /// <summary>A piped row whose columns do not say which principal it is.</summary>
    public static ErrorRecord UnknownRow(ColumnMapException exception) => new(exception, exception.ErrorId, ErrorCategory.InvalidData, null)
    {
        ErrorDetails = new ErrorDetails(WithoutImportParameters(exception.Message))
        {
            RecommendedAction = "Say here which property it is, such as -Identity { $_.Login } -Email { $_.Mail }.",
        },
    };

    /// <summary>An advice for an import, where the row is piped to a cmdlet that has no such parameters.</summary>
    public static string WithoutImportParameters(string message) =>
        message.Contains("-ColumnMap", StringComparison.Ordinal) || message.Contains("-NameFrom", StringComparison.Ordinal)
            ? $"{message} (-NameFrom and -ColumnMap are parameters of Import-MailPrincipal; here rename the property, or leave it out with Select-Object.)"
            : message;

    /// <summary>A password of no characters.</summary>
    public static ErrorRecord EmptyPassword() => new(
        new ArgumentException("The password is empty: the server would accept it, and nobody could sign in."), "EmptyPassword", ErrorCategory.InvalidArgument, null);

    /// <summary>A password as plain text on the command line.</summary>
    public static ErrorRecord PlainTextPasswordNotAllowed(string parameter) => new(
        new ArgumentException($"-{parameter} does not accept plain text on the command line, where history and transcripts keep it. Use (Read-Host -AsSecureString), Get-Credential or Get-Secret. Rows of a file may contain plain text."),
        "PlainTextPasswordNotAllowed", ErrorCategory.InvalidArgument, null);
}
