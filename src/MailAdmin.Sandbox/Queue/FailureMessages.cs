using MailAdmin.Sandbox.Api;

namespace MailAdmin.Sandbox.Queue;

/// <summary>The texts of failures. From 0.13 a failure begins with the host and names the refused command.</summary>
internal sealed class FailureMessages(ServerDialect dialect)
{
    private readonly bool _includesHosts = dialect.IncludesHostsInFailures;

    public DeliveryOutcome Cancelled => _includesHosts
        ? DeliveryOutcome.PermanentFailure("Error for localhost: Queue error: Delivery canceled.")
        : DeliveryOutcome.FromReply(0, "0.0.0", "Delivery canceled.");

    public DeliveryOutcome Refused(string host, string address, DeliveryOutcome reply) => _includesHosts && reply.Kind != OutcomeKind.Completed
        ? reply with { Text = $"Error for {host}: Unexpected response for RCPT TO:<{address}>: {reply.Text}" }
        : reply;

    public DeliveryOutcome ConnectionRefused(string host) => DeliveryOutcome.TemporaryFailure(
        _includesHosts
            ? $"Error for {host}: Connection failed: I/O error: Connection refused (os error 111)"
            : $"Connection to '{host}' failed: I/O error: Connection refused (os error 111)");

    public DeliveryOutcome InvalidCertificate(string host) => DeliveryOutcome.TemporaryFailure(
        _includesHosts ? $"Error for {host}: TLS error: invalid peer certificate: UnknownIssuer" : $"TLS error from '{host}': invalid peer certificate: UnknownIssuer");

    public DeliveryOutcome DnsTimedOut(string domain) => DeliveryOutcome.TemporaryFailure(
        _includesHosts ? $"Error for {domain}: DNS lookup failed: DNS resolution error: request timed out" : "DNS lookup failed: DNS resolution error: request timed out");

    public DeliveryOutcome NoSuchDomain(string domain) => DeliveryOutcome.PermanentFailure(
        _includesHosts ? $"Error for {domain}: DNS lookup failed: no MX record found." : $"Connection to '{domain}' failed: record not found for MX");
}
