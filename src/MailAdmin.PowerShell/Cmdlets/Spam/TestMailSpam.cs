// Test-MailSpam: what the server's spam filter makes of messages.
using System.Management.Automation;
using System.Net;
using MailAdmin.Client;
using MailAdmin.Isolated.Mime;
using MailAdmin.PowerShell.Cmdlets.Message;

namespace MailAdmin.PowerShell.Cmdlets.Spam;

/// <summary>Tests messages as if they came in now (POST /spam-filter/classify). Nothing is delivered and nothing learned.</summary>
[Cmdlet(VerbsDiagnostic.Test, "MailSpam", DefaultParameterSetName = ByPath)]
[OutputType(typeof(MailSpamResult))]
public sealed class TestMailSpam : TestMessageCmdlet
{
    /// <summary>The address that the message comes from. Default: the one that handed it over from outside, by its Received lines.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [IpAddressArgument]
    public IPAddress? RemoteIp { get; set; }

    /// <summary>The sender of the envelope; <c>&lt;&gt;</c> for a bounce. Default: that of Return-Path, else of From.</summary>
    [Parameter]
    [Alias("MailFrom")]
    [ValidateNotNullOrEmpty]
    public string? From { get; set; }

    /// <summary>The recipients of the envelope. Default: those of Delivered-To, else of To and Cc.</summary>
    [Parameter]
    [Alias("Recipient")]
    [ValidateNotNullOrEmpty]
    public string[]? To { get; set; }

    /// <summary>The name by which the sending host introduces itself. Default: that of the Received line that tells its address.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? EhloDomain { get; set; }

    /// <summary>The account that submits the message. Default: none, as for mail from outside.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? AuthenticatedAs { get; set; }

    /// <summary>It comes over TLS.</summary>
    [Parameter]
    public SwitchParameter Tls { get; set; }

    /// <inheritdoc/>
    private protected override void Test(LocalMessage message, MessageInfo facts)
    {
        IPAddress remoteIp = ResolveRemoteIp(RemoteIp, facts);
        var query = new SpamQuery
        {
            RemoteIp = remoteIp,
            MailFrom = ResolveSender(From, facts, "-From"),
            Recipients = ResolveRecipients(facts),
            EhloDomain = ResolveEhloDomain(EhloDomain, remoteIp, facts),
            AuthenticatedAs = AuthenticatedAs,
            IsTls = Tls,
            Message = ToUtf8Content(message),
        };
        WriteVerbose($"{message.DisplayName} is tested as from <{query.MailFrom}> by {query.RemoteIp} ({query.EhloDomain ?? "no name"}) to {query.Recipients.Count} recipients.");
        StartTest(message, token => Client.Spam.ClassifyAsync(query, token), result => WriteObject(result with { Path = message.Path, Number = message.Number }));
    }

    private IReadOnlyList<string> ResolveRecipients(MessageInfo facts)
    {
        if (To is null)
        {
            return facts.Recipients;
        }
        string[] given = [.. To.Select(address => address.Trim())];
        return given.Select(MailAddress.GetValidationError).FirstOrDefault(fault => fault is not null) is { } wrong ? throw new ArgumentException(wrong) : given;
    }
}
