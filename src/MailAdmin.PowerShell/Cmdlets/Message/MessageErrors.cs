using System.Management.Automation;

namespace MailAdmin.PowerShell.Cmdlets.Message;

/// <summary>Creates ErrorRecords about files and messages.</summary>
internal static class MessageErrors
{
    /// <summary>A message that is not sent.</summary>
    public static ErrorRecord FromMessageError(MessageError error, object target) => Create(new FormatException(error.Message), error.ErrorId, error.Category, target, error.RecommendedAction);

    /// <summary>Neither files nor a message were specified.</summary>
    public static ErrorRecord MessageNotSpecified() => Create(
        new ArgumentException("No message was specified. Specify files with -Path, or a message as text or bytes with -Message."), "MessageNotSpecified", ErrorCategory.InvalidArgument, null, null);

    /// <summary>A parameter with an empty value.</summary>
    public static ErrorRecord EmptyParameter(string parameter) => Create(
        new ArgumentException($"-{parameter} is empty. Omit it to take the value from the message."), "EmptyParameter", ErrorCategory.InvalidArgument, parameter, "Check the variable that was passed to it.");

    /// <summary>There is no file or folder with this path.</summary>
    public static ErrorRecord PathNotFound(string path, Exception? cause) => Create(
        new FileNotFoundException($"There is no file or folder '{path}'.{(cause is null or ItemNotFoundException ? "" : $" {cause.Message}")}", path, cause), "PathNotFound", ErrorCategory.ObjectNotFound, path,
        "Check the path. If it contains brackets, specify it with -LiteralPath, which takes no wildcards.");

    /// <summary>A path of a provider that has no files.</summary>
    public static ErrorRecord NotAFileSystemPath(string path) => Create(new ArgumentException($"'{path}' is not a file."), "NotAFileSystemPath", ErrorCategory.InvalidArgument, path, null);

    /// <summary>A folder where one message is expected.</summary>
    public static ErrorRecord FolderNotSupported(string path, string cmdlet) => Create(
        new ArgumentException($"'{path}' is a folder. Specify files: Get-ChildItem '{path}' -Filter *.eml | {cmdlet}"), "FolderNotSupported", ErrorCategory.InvalidArgument, path,
        $"Get-ChildItem '{path}' -Filter *.eml | {cmdlet}");

    /// <summary>A folder without a message.</summary>
    public static ErrorRecord MessagesNotFound(string path, MessageFormat format) => Create(
        new FileNotFoundException(
            format switch
            {
                MessageFormat.Maildir => $"The folder '{path}' is not a Maildir with messages: there are no files in 'cur' or 'new'.",
                MessageFormat.Mbox => $"There are no .mbox files in the folder '{path}'.",
                _ => $"There are no messages in the folder '{path}': no .eml files, and no files in 'cur' or 'new'.",
            },
            path),
        "MessagesNotFound", ErrorCategory.ObjectNotFound, path, "To include subfolders, specify -Recurse. For files with other names, use a wildcard, such as -Path folder/*.");

    private static ErrorRecord Create(Exception exception, string id, ErrorCategory category, object? target, string? advice) =>
        new(exception, id, category, target) { ErrorDetails = new ErrorDetails(exception.Message) { RecommendedAction = advice } };
}
