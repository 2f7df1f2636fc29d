using System.Management.Automation;
using System.Net;
using MailAdmin.Client;
using MailAdmin.Isolated.Mime;
using MailAdmin.PowerShell.Cmdlets.Message;
using MailAdmin.PowerShell.Module;

namespace MailAdmin.PowerShell.Cmdlets.Spam;

/// <summary>Shows how the server's spam filter classifies messages, as if they arrived now (POST /spam-filter/classify; from server 0.16 on x:Action/set). Nothing is delivered and nothing is learned.</summary>
[Cmdlet(VerbsDiagnostic.Test, "MailSpam", DefaultParameterSetName = ByPath,
    HelpUri = HelpPages.Folder + "Test-MailSpam.md")]
[OutputType(typeof(MailSpamResult))]
public sealed class TestMailSpam : TestMessageCmdlet
{
    /// <summary>The IP address that the message comes from. Default: that of the remote host that handed it over, from its Received lines.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [IpAddressArgument]
    public IPAddress? RemoteIp { get; set; }

    /// <summary>The envelope sender; <c>&lt;&gt;</c> for a bounce, before server 0.16. Default: that of Return-Path, else of From.</summary>
    [Parameter]
    [Alias("MailFrom")]
    [ValidateNotNullOrEmpty]
    public string? From { get; set; }

    /// <summary>The envelope recipients. Default: those of Delivered-To, else of To and Cc.</summary>
    [Parameter]
    [Alias("Recipient")]
    [ValidateNotNullOrEmpty]
    public string[]? To { get; set; }

    /// <summary>The name that the sending host gives in EHLO. Default: that of the Received line with its address.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? EhloDomain { get; set; }

    /// <summary>The account that submits the message. Default: none, as for mail from outside.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? AuthenticatedAs { get; set; }

    /// <summary>Test the message as one that arrives over TLS.</summary>
    [Parameter]
    public SwitchParameter Tls { get; set; }

    /// <inheritdoc/>
    private protected override void Test(LocalMessage message, MessageInfo facts)
    {
        IPAddress remoteIp = ResolveRemoteIp(RemoteIp, facts);
        var query = new SpamQuery
        {
            RemoteIp = remoteIp,
            From = ResolveSender(From, facts, "-From"),
            To = ResolveRecipients(facts),
            EhloDomain = ResolveEhloDomain(EhloDomain, remoteIp, facts),
            AuthenticatedAs = AuthenticatedAs,
            IsTls = Tls,
            Message = ToUtf8Content(message),
            Path = message.Path,
            Number = message.Number,
        };
        WriteVerbose($"{message.DisplayName} is tested as mail from <{query.From}>, sent by {query.RemoteIp} ({query.EhloDomain ?? "no name"}) to {query.To.Count} recipients.");
        StartTest(message, token => Client.Spam.ClassifyAsync(query, token), WriteObject);
    }

    private IReadOnlyList<string> ResolveRecipients(MessageInfo facts)
    {
        if (To is null)
        {
            return facts.Recipients;
        }
        string[] given = [.. To.Select(address => address.Trim())];
        return given.Select(MailAddress.GetValidationError).FirstOrDefault(error => error is not null) is { } invalid ? throw new ArgumentException(invalid) : given;
    }
}
