// The records of the cmdlets that take messages of this machine.
using System.Management.Automation;

namespace MailAdmin.PowerShell.Cmdlets.Message;

/// <summary>Makes ErrorRecords about files and messages.</summary>
internal static class MessageErrors
{
    /// <summary>A message that is not sent.</summary>
    public static ErrorRecord FromMessageError(MessageError error, object target) => Create(new FormatException(error.Message), error.ErrorId, error.Category, target, error.RecommendedAction);

    /// <summary>Neither files nor a message.</summary>
    public static ErrorRecord MessageNotSpecified() => Create(
        new ArgumentException("There is no message: specify files with -Path, or one as text or bytes with -Message."), "MessageNotSpecified", ErrorCategory.InvalidArgument, null, null);

    /// <summary>A parameter that says nothing.</summary>
    public static ErrorRecord EmptyParameter(string parameter) => Create(
        new ArgumentException($"-{parameter} is empty. Omit it to take the value from the message."), "EmptyParameter", ErrorCategory.InvalidArgument, parameter, "Check the variable that it was given.");

    /// <summary>Nothing is where the path points.</summary>
    public static ErrorRecord PathNotFound(string path, Exception? cause) => Create(
        new FileNotFoundException($"There is no '{path}'.{(cause is null or ItemNotFoundException ? "" : $" {cause.Message}")}", path, cause), "PathNotFound", ErrorCategory.ObjectNotFound, path,
        "Check the path; with -LiteralPath, brackets in it are no wildcards.");

    /// <summary>A path of a provider that has no files.</summary>
    public static ErrorRecord NotAFileSystemPath(string path) => Create(new ArgumentException($"'{path}' is not a file."), "NotAFileSystemPath", ErrorCategory.InvalidArgument, path, null);

    /// <summary>A folder where one message is expected.</summary>
    public static ErrorRecord FolderNotSupported(string path, string cmdlet) => Create(
        new ArgumentException($"'{path}' is a folder. Name files: Get-ChildItem '{path}' -Filter *.eml | {cmdlet}"), "FolderNotSupported", ErrorCategory.InvalidArgument, path,
        $"Get-ChildItem '{path}' -Filter *.eml | {cmdlet}");

    /// <summary>A folder without a message.</summary>
    public static ErrorRecord MessagesNotFound(string path, MessageFormat format) => Create(
        new FileNotFoundException(
            format switch
            {
                MessageFormat.Maildir => $"The folder '{path}' is no Maildir with messages: there is nothing in 'cur' and 'new'.",
                MessageFormat.Mbox => $"There are no .mbox files in the folder '{path}'.",
                _ => $"There are no messages in the folder '{path}': neither .eml files nor 'cur' and 'new' with files.",
            },
            path),
        "MessagesNotFound", ErrorCategory.ObjectNotFound, path, "-Recurse looks into the folders below; files of other names are taken with a wildcard, such as -Path folder/*.");

    private static ErrorRecord Create(Exception exception, string id, ErrorCategory category, object? target, string? advice) =>
        new(exception, id, category, target) { ErrorDetails = new ErrorDetails(exception.Message) { RecommendedAction = advice } };
}
