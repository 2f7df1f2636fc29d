// What the cmdlets that take messages share: where messages come from, and which of them are fit to be sent.
using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.Isolated.Mime;
using MailAdmin.PowerShell.Errors;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Message;

/// <summary>A cmdlet that takes messages as files or as text or bytes.</summary>
public abstract class MessageCmdlet : WindowedCmdlet
{
    private protected const string ByPath = "Path";
    private protected const string ByLiteralPath = "LiteralPath";
    private protected const string ByMessage = "Message";

    private protected MessageCmdlet()
    {
    }

    /// <summary>The files. Wildcards are expanded; a file or folder object means itself.</summary>
    // Not mandatory: of a mandatory parameter by value and one by property name, the binder tries the first alone.
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ByPath)]
    [MessagePathArgument]
    [ValidateNotNullOrEmpty]
    public MessagePath[]? Path { get; set; }

    /// <summary>The files, without wildcards.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ByLiteralPath)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[]? LiteralPath { get; set; }

    /// <summary>A message itself, as text or as bytes. Not from the pipeline, where Get-Content sends lines.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByMessage)]
    [MessageArgument]
    [ValidateNotNullOrEmpty]
    public byte[]? Message { get; set; }

    /// <summary>Whether neither files nor a message are given.</summary>
    private protected bool IsMessageMissing => ParameterSetName == ByPath && Path is null;

    /// <summary>What each path given stands for: files and folders that exist. An error is written for each that stands for none.</summary>
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

    /// <summary>Hands each message of a file to <paramref name="onMessage"/>; an error is written where the file cannot be read to its end.</summary>
    private protected void ReadMessages(string file, MessageFormat format, Action<LocalMessage> onMessage)
    {
        using IEnumerator<LocalMessage> messages = LocalMessage.ReadFile(file, format, Pump.Token).GetEnumerator();
        while (TryMoveNext(messages, file))
        {
            onMessage(messages.Current);
        }
    }

    /// <summary>What is wrong with a message before it is sent; null if nothing is, and then <paramref name="facts"/> are what its headers say.</summary>
    private protected static MessageError? ValidateMessage(LocalMessage message, out MessageInfo? facts)
    {
        facts = null;
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
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            WriteUnreadableFile(file, e);
            return false;
        }
    }

    /// <summary>Writes that a file cannot be read.</summary>
    private protected virtual void WriteUnreadableFile(string file, Exception exception) => WriteError(ErrorCatalogue.WithItemName(exception, $"'{file}'", file));
}
