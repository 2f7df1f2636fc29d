using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.Isolated.Mime;
using MailAdmin.PowerShell.Errors;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Message;

/// <summary>A cmdlet that takes messages, as files or as text or bytes, and checks that they can be sent.</summary>
public abstract class MessageCmdlet : WindowedCmdlet
{
    private protected const string ByPath = "Path";
    private protected const string ByLiteralPath = "LiteralPath";
    private protected const string ByMessage = "Message";

    private protected MessageCmdlet()
    {
    }

    /// <summary>The files: messages (.eml, .emlx) or mboxes, also compressed with gzip. Wildcards are expanded, except in the path of a file or folder object.</summary>
    // Not mandatory: where one mandatory parameter binds by value and another by property name, the binder tries only the first.
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ByPath)]
    [MessagePathArgument]
    [ValidateNotNullOrEmpty]
    public MessagePath[]? Path { get; set; }

    /// <summary>The files, by paths that are taken as they are: wildcards are not expanded.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ByLiteralPath)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[]? LiteralPath { get; set; }

    /// <summary>The message itself, as text or as bytes. Not from the pipeline, where Get-Content sends single lines.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByMessage)]
    [MessageArgument]
    [ValidateNotNullOrEmpty]
    public byte[]? Message { get; set; }

    /// <summary>Whether neither files nor a message were specified.</summary>
    private protected bool IsMessageMissing => ParameterSetName == ByPath && Path is null;

    /// <summary>The existing files and folders to which each path resolves. An error is written for each path that resolves to none.</summary>
    private protected IEnumerable<(string Given, IReadOnlyList<string> Found)> ResolveLocations()
    {
        IEnumerable<MessagePath> given = ParameterSetName == ByPath ? Path! : LiteralPath!.Select(path => new MessagePath(path, isLiteral: true));
        foreach (MessagePath path in given)
        {
            if (ResolvePath(path) is { Count: > 0 } found)
            {
                yield return (path.Path, found);
            }
        }
    }

    /// <summary>Passes each message of a file to <paramref name="onMessage"/>; an error is written if the file cannot be read to its end.</summary>
    private protected void ReadMessages(string file, MessageFormat format, Action<LocalMessage> onMessage)
    {
        using IEnumerator<LocalMessage> messages = LocalMessage.ReadFile(file, format, Pump.Token).GetEnumerator();
        while (TryMoveNext(messages, file))
        {
            onMessage(messages.Current);
        }
    }

    /// <summary>Why a message cannot be sent; null if it can, and then <paramref name="facts"/> holds what its headers say.</summary>
    private protected static MessageError? ValidateMessage(LocalMessage message, out MessageInfo? facts)
    {
        facts = null;
        if (message.ForeignFormat is { } format)
        {
            return MessageError.Foreign(message, format);
        }
        if (message.Content is not { } content || content.Length > SpamResource.MaxMessageSize)
        {
            return MessageError.TooLarge(message);
        }
        if (content.Length == 0)
        {
            return MessageError.Empty(message);
        }
        facts = MessageHeaderReader.Read(content);
        return facts is null ? MessageError.NoHeaders(message) : null;
    }

    private List<string>? ResolvePath(MessagePath given)
    {
        try
        {
            List<string> found;
            ProviderInfo provider;
            if (given.IsLiteral)
            {
                found = [SessionState.Path.GetUnresolvedProviderPathFromPSPath(given.Path, out provider, out _)];
            }
            else
            {
                found = [.. SessionState.Path.GetResolvedProviderPathFromPSPath(given.Path, out provider)];
            }
            ErrorRecord? error = provider.Name != "FileSystem" ? MessageErrors.NotAFileSystemPath(given.Path)
                : found.All(path => File.Exists(path) || Directory.Exists(path)) && found.Count > 0 ? null
                : MessageErrors.PathNotFound(given.Path, null);
            if (error is null)
            {
                return found;
            }
            WriteError(error);
        }
        catch (Exception e) when (e is SessionStateException or NotSupportedException or ArgumentException)
        {
            WriteError(MessageErrors.PathNotFound(given.Path, e));
        }
        return null;
    }

    private bool TryMoveNext(IEnumerator<LocalMessage> messages, string file)
    {
        try
        {
            return messages.MoveNext();
        }
        catch (OperationCanceledException) when (Pump.Token.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or InvalidDataException)
        {
            WriteUnreadableFile(file, e);
            return false;
        }
    }

    /// <summary>Writes the error for a file that cannot be read.</summary>
    private protected virtual void WriteUnreadableFile(string file, Exception exception) => WriteError(ErrorCatalogue.WithItemName(exception, $"'{file}'", file));
}
