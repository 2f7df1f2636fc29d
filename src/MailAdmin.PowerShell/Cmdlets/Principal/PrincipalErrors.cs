// The records of the principals' cmdlets that no failed call of the server stands for.
using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Errors;

namespace MailAdmin.PowerShell.Cmdlets.Principal;

/// <summary>Makes ErrorRecords about principals and their passwords.</summary>
internal static class PrincipalErrors
{
    /// <summary>A name or address that no principal has, or none of the types wanted.</summary>
    public static ErrorRecord NotFound(string name, PrincipalType[]? types = null) =>
        ErrorCatalogue.NotFound(types is null ? $"There is no principal '{name}'." : $"There is no principal '{name}' of type {string.Join(" or ", types)}.", name);

    /// <summary>A password of no characters.</summary>
    public static ErrorRecord EmptyPassword() => new(
        new ArgumentException("The password is empty: the server would take it and lock the account out."), "EmptyPassword", ErrorCategory.InvalidArgument, null);

    /// <summary>A password as plain text on the command line.</summary>
    public static ErrorRecord PlainTextPasswordNotAllowed(string parameter) => new(
        new ArgumentException($"-{parameter} takes no plain text on the command line, where history and transcripts keep it. Use (Read-Host -AsSecureString), Get-Credential or Get-Secret; rows of a file may hold plain text."),
        "PlainTextPasswordNotAllowed", ErrorCategory.InvalidArgument, null);
}
