using System.Net;
using MailAdmin.Client;
using MailAdmin.Isolated.Mime;
using MailAdmin.PowerShell.Errors;

namespace MailAdmin.PowerShell.Cmdlets.Message;

/// <summary>A cmdlet that has the server test messages as if they arrived now, from the host that their headers name.</summary>
public abstract class TestMessageCmdlet : MessageCmdlet
{
    private static readonly string[] s_envelopeParameters = ["RemoteIp", "From", "EhloDomain"];

    private protected TestMessageCmdlet()
    {
    }

    /// <inheritdoc/>
    private protected override void Begin()
    {
        // An empty cell of a row means no value; an empty variable on the command line is a mistake, and the result would be about another host.
        foreach (string name in s_envelopeParameters)
        {
            if (MyInvocation.BoundParameters.TryGetValue(name, out object? given) && (given is null || string.IsNullOrWhiteSpace(given.ToString())))
            {
                ThrowTerminatingError(MessageErrors.EmptyParameter(name));
            }
        }
    }

    /// <inheritdoc/>
    private protected override void Process()
    {
        if (IsMessageMissing)
        {
            WriteError(MessageErrors.MessageNotSpecified());
            return;
        }
        if (ParameterSetName == ByMessage)
        {
            ValidateAndTest(LocalMessage.FromBytes(Message!));
            return;
        }
        foreach (string path in ResolveLocations().SelectMany(location => location.Found))
        {
            if (Directory.Exists(path))
            {
                WriteError(MessageErrors.FolderNotSupported(path, MyInvocation.MyCommand.Name));
            }
            else
            {
                ReadMessages(path, MessageFormat.Auto, ValidateAndTest);
            }
        }
    }

    /// <summary>Starts the test of a message.</summary>
    /// <exception cref="ArgumentException">A value that the test needs is neither in the message nor specified.</exception>
    private protected abstract void Test(LocalMessage message, MessageInfo facts);

    /// <summary>The address that a message came from: the one specified, else that of its Received lines.</summary>
    private protected static IPAddress ResolveRemoteIp(IPAddress? given, MessageInfo facts) => given ?? facts.RemoteIp
        ?? throw new ArgumentException("No Received line has the address from which it came. Specify -RemoteIp.");

    /// <summary>The EHLO name of that host: the one specified, else that of the same Received line; null if there is neither.</summary>
    private protected static string? ResolveEhloDomain(string? given, IPAddress remoteIp, MessageInfo facts) =>
        // A specified address may belong to another host than the one in the Received line.
        !string.IsNullOrWhiteSpace(given) ? given.Trim() : remoteIp.Equals(facts.RemoteIp) ? facts.EhloDomain : null;

    /// <summary>The envelope sender of a message: the one specified, else that of Return-Path, else that of From. Empty for a bounce.</summary>
    private protected static string ResolveSender(string? given, MessageInfo facts, string parameter) => string.IsNullOrWhiteSpace(given)
        ? facts.ReturnPath ?? facts.From ?? throw new ArgumentException($"Neither Return-Path nor From has its sender. Specify {parameter}.")
        : ParseSender(given);

    /// <summary>An address, specified with angle brackets or without; empty for <c>&lt;&gt;</c>.</summary>
    private protected static string ParseSender(string given)
    {
        string address = given.Trim();
        if (address is ['<', .. var inner, '>'])
        {
            address = inner;
        }
        return address.Length == 0 || MailAddress.GetValidationError(address) is not { } error ? address : throw new ArgumentException(error);
    }

    /// <summary>The message in UTF-8, the only encoding that JSON can carry; warns if that changes its bytes.</summary>
    private protected byte[] ToUtf8Content(LocalMessage message)
    {
        byte[] content = Utf8Message.Convert(message.Content!, out bool isChanged);
        if (isChanged)
        {
            WriteWarning($"{message.DisplayName} contains bytes that are not UTF-8, which the API cannot carry. It is sent re-encoded, with the same content. DKIM signatures over those bytes cannot pass in this test.");
        }
        return content;
    }

    /// <summary>Writes the error for one message.</summary>
    private protected void WriteMessageError(LocalMessage message, Exception exception) => WriteError(ErrorCatalogue.WithItemName(exception, message.DisplayName, message.Path ?? message.DisplayName));

    /// <summary>Starts a test; its error names the message.</summary>
    private protected void StartTest<T>(LocalMessage message, Func<CancellationToken, Task<T>> work, Action<T> onSuccess)
    {
        object target = message.Path ?? message.DisplayName;
        Start(target, work, onSuccess, e =>
        {
            if (ErrorCatalogue.IsClientException(e) && e is not OperationCanceledException && !ErrorCatalogue.IsTerminating(e))
            {
                WriteMessageError(message, e);
            }
            else
            {
                WriteItemError(e, target);
            }
        });
    }

    private void ValidateAndTest(LocalMessage message)
    {
        if (ValidateMessage(message, out MessageInfo? facts) is { } error)
        {
            WriteError(MessageErrors.FromMessageError(error, message.Path ?? message.DisplayName));
            return;
        }
        try
        {
            Test(message, facts!);
        }
        catch (ArgumentException e)
        {
            WriteMessageError(message, e);
        }
    }
}
