using System.Management.Automation;
using System.Security;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Module;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Connection;

/// <summary>
/// Requests a token that opens one kind of live stream for 60 seconds, for tools that cannot send headers (GET /telemetry/live/metrics-token,
/// /telemetry/live/tracing-token, /troubleshoot/token; from 0.16 on GET /token/{stream}).
/// </summary>
[Cmdlet(VerbsLifecycle.Request, "MailStreamToken",
    HelpUri = HelpPages.Folder + "Request-MailStreamToken.md")]
[OutputType(typeof(MailStreamToken))]
public sealed class RequestMailStreamToken : ConnectionCmdlet
{
    /// <summary>The kind of stream that the token opens: Metrics or Tracing (both Enterprise), or Troubleshooting (delivery tests).</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [SingleValue]
    public StreamPurpose Purpose { get; set; }

    private protected override object? ErrorTarget => Purpose;

    private protected override void Process()
    {
        string token = Pump.Wait(Client.OAuth.RequestStreamTokenAsync(Purpose, Pump.Token));
        WriteObject(new MailStreamToken(Purpose, SecureStringConverter.ToSecureString(token), Client.Time.GetUtcNow().AddSeconds(60)));
    }
}

/// <summary>A token for a live stream.</summary>
public sealed class MailStreamToken : ServerObject
{
    internal MailStreamToken(StreamPurpose purpose, SecureString token, DateTimeOffset expires) =>
        (Purpose, Token, Expires) = (purpose, token, expires);

    /// <summary>The stream that it opens.</summary>
    public StreamPurpose Purpose { get; }
    /// <summary>The token; percent-encode it in a query.</summary>
    public SecureString Token { get; }
    /// <summary>When it expires.</summary>
    public DateTimeOffset Expires { get; }

    /// <inheritdoc/>
    public override string ToString() => Purpose.ToString();
}
