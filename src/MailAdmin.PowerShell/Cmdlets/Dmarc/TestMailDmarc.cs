using System.Management.Automation;
using System.Net;
using MailAdmin.Client;
using MailAdmin.Isolated.Mime;
using MailAdmin.PowerShell.Cmdlets.Message;
using MailAdmin.PowerShell.Errors;
using MailAdmin.PowerShell.Module;

namespace MailAdmin.PowerShell.Cmdlets.Dmarc;

/// <summary>Tests whether mail passes SPF, DKIM and DMARC at the server (POST /troubleshoot/dmarc; from server 0.16 on x:Action/set): a message, or only an envelope, for which SPF alone can be tested.</summary>
[Cmdlet(VerbsDiagnostic.Test, "MailDmarc", DefaultParameterSetName = ByPath,
    HelpUri = HelpPages.Folder + "Test-MailDmarc.md")]
[OutputType(typeof(MailDmarcResult), typeof(bool))]
public sealed class TestMailDmarc : TestMessageCmdlet
{
    /// <summary>The IP address that the mail comes from. Default: that of the remote host that handed the message over, from its Received lines.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [IpAddressArgument]
    public IPAddress? RemoteIp { get; set; }

    /// <summary>The envelope sender; <c>&lt;&gt;</c> for a bounce, before server 0.16. Default: that of the message's Return-Path, else of From.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("MailFrom")]
    public string? From { get; set; }

    /// <summary>The name that the sending host gives in EHLO. Default: that of the Received line with its address, else the sender's domain.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? EhloDomain { get; set; }

    /// <summary>Return only true or false: whether DMARC passes.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        if (!IsMessageMissing)
        {
            base.Process();
            return;
        }
        string row = $"{RemoteIp} {From}";
        try
        {
            if (RemoteIp is null || string.IsNullOrWhiteSpace(From))
            {
                throw new ArgumentException("Without a message, specify both -RemoteIp and -From.");
            }
            string sender = ParseSender(From);
            var query = new DmarcQuery { RemoteIp = RemoteIp, From = sender, EhloDomain = string.IsNullOrWhiteSpace(EhloDomain) ? GetEhloDomain(sender, null) : EhloDomain.Trim() };
            Start(row, token => Client.DmarcTest.TestAsync(query, token), WriteResult);
        }
        catch (ArgumentException e)
        {
            WriteError(ErrorCatalogue.CreateErrorRecord(e, row));
        }
    }

    /// <inheritdoc/>
    private protected override void Test(LocalMessage message, MessageInfo facts)
    {
        string sender = ResolveSender(From, facts, "-From");
        IPAddress remoteIp = ResolveRemoteIp(RemoteIp, facts);
        var query = new DmarcQuery
        {
            RemoteIp = remoteIp,
            From = sender,
            EhloDomain = ResolveEhloDomain(EhloDomain, remoteIp, facts) ?? GetEhloDomain(sender, facts.From),
            Message = ToUtf8Content(message),
            Path = message.Path,
            Number = message.Number,
        };
        WriteVerbose($"{message.DisplayName} is tested as mail from <{query.From}>, sent by {query.RemoteIp} ({query.EhloDomain}).");
        StartTest(message, token => Client.DmarcTest.TestAsync(query, token), WriteResult);
    }

    private static string GetEhloDomain(string address, string? other) => (address.Length > 0 ? address : other ?? "") is { Length: > 0 } sender
        ? sender[(sender.LastIndexOf('@') + 1)..]
        : throw new ArgumentException("The EHLO name of the sending host is not known. Specify -EhloDomain.");

    private void WriteResult(MailDmarcResult result) => WriteObject(Quiet ? result.Pass : result);
}
