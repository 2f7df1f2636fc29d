// What the tests of messages share: a message is tested as if it came in now, from where its headers say it came.
using System.Net;
using MailAdmin.Client;
using MailAdmin.Isolated.Mime;
using MailAdmin.PowerShell.Errors;

namespace MailAdmin.PowerShell.Cmdlets.Message;

/// <summary>A cmdlet that has the server test messages.</summary>
public abstract class TestMessageCmdlet : MessageCmdlet
{
    private static readonly string[] s_envelopeParameters = ["RemoteIp", "MailFrom", "From", "EhloDomain"];

    private protected TestMessageCmdlet()
    {
    }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        // An empty cell of a row says nothing; an empty variable on the command line was meant to say something, and the verdict would be about another host.
        foreach (string name in s_envelopeParameters)
        {
            if (MyInvocation.BoundParameters.TryGetValue(name, out object? given) && (given is null || string.IsNullOrWhiteSpace(given.ToString())))
            {
                ThrowTerminatingError(MessageErrors.EmptyParameter(name));
            }
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
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
    /// <exception cref="ArgumentException">Neither the message nor the user tells something that the test needs.</exception>
    private protected abstract void Test(LocalMessage message, MessageInfo facts);

    /// <summary>The address that a message came from: the one given, else the one of its Received lines.</summary>
    private protected static IPAddress ResolveRemoteIp(IPAddress? given, MessageInfo facts) => given ?? facts.RemoteIp
        ?? throw new ArgumentException("none of its Received lines says from which address it came. Give -RemoteIp.");

    /// <summary>The name by which that host introduces itself: the one given, else that of the same Received line; null where neither tells.</summary>
    private protected static string? ResolveEhloDomain(string? given, IPAddress remoteIp, MessageInfo facts) =>
        // An address given by hand may be another host than the one that the line is about.
        !string.IsNullOrWhiteSpace(given) ? given.Trim() : remoteIp.Equals(facts.RemoteIp) ? facts.EhloDomain : null;

    /// <summary>The sender of a message's envelope: the one given, else that of Return-Path, else that of From. Empty for a bounce.</summary>
    private protected static string ResolveSender(string? given, MessageInfo facts, string parameter) => string.IsNullOrWhiteSpace(given)
        ? facts.ReturnPath ?? facts.From ?? throw new ArgumentException($"neither Return-Path nor From names its sender. Give {parameter}.")
        : ParseSender(given);

    /// <summary>An address as it was given, with angle brackets or without; empty for <c>&lt;&gt;</c>.</summary>
    private protected static string ParseSender(string given)
    {
        string address = given.Trim();
        if (address is ['<', .. var inner, '>'])
        {
            address = inner;
        }
        return address.Length == 0 || MailAddress.GetValidationError(address) is not { } fault ? address : throw new ArgumentException(fault);
    }

    /// <summary>The message as JSON can carry it; warns where that is not how it came.</summary>
    private protected byte[] ToUtf8Content(LocalMessage message)
    {
        byte[] content = Utf8Message.Convert(message.Content!, out bool isChanged);
        if (isChanged)
        {
            WriteWarning($"{message.DisplayName} holds bytes that are no UTF-8, which the API cannot carry: it is sent re-encoded, with the same content. DKIM signatures over those bytes cannot pass here.");
        }
        return content;
    }

    /// <summary>Writes the failure of one message.</summary>
    private protected void WriteMessageError(LocalMessage message, Exception exception) => WriteError(ErrorCatalogue.WithItemName(exception, message.DisplayName, message.Path ?? message.DisplayName));

    /// <summary>Starts a test whose failure names the message.</summary>
    private protected void StartTest<T>(LocalMessage message, Func<CancellationToken, Task<T>> work, Action<T> onSuccess)
    {
        object target = message.Path ?? message.DisplayName;
        Start(
            target,
            async token =>
            {
                try
                {
                    return (Value: await work(token).ConfigureAwait(false), Error: null);
                }
                catch (Exception e) when (ErrorCatalogue.IsClientException(e) && e is not OperationCanceledException && !ErrorCatalogue.IsTerminating(e))
                {
                    return (Value: default(T), Error: (Exception?)e);
                }
            },
            outcome =>
            {
                if (outcome.Error is { } error)
                {
                    WriteMessageError(message, error);
                }
                else
                {
                    onSuccess(outcome.Value!);
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
