using MailAdmin.Sandbox.Api;

namespace MailAdmin.Sandbox.Queue;

/// <summary>Outcomes of failures, their texts included. From 0.13 such a text begins with the host and names the refused command.</summary>
internal sealed class FailureMessages(ServerDialect dialect)
{
    private const string Refusal = "I/O error: Connection refused (os error 111)";
    private const string UnknownIssuer = "invalid peer certificate: UnknownIssuer";
    private const string TimedOut = "DNS resolution error: request timed out";
    private const string NoRecord = "no MX record found.";
    private const string Cancellation = "Delivery canceled.";

    private readonly bool _includesHosts = dialect.IncludesHostsInFailures;

    public DeliveryOutcome Cancelled =>
        (_includesHosts ? DeliveryOutcome.PermanentFailure($"Error for localhost: Queue error: {Cancellation}") : DeliveryOutcome.FromReply(0, "0.0.0", Cancellation)) with
        {
            Host = "localhost",
            Fault = DeliveryFault.Io,
            Reason = Cancellation,
        };

    /// <summary>A host answered for a recipient.</summary>
    public DeliveryOutcome Answered(string host, string address, DeliveryOutcome reply)
    {
        if (reply.Kind == OutcomeKind.Completed)
        {
            return reply with { Host = host };
        }

        string command = $"RCPT TO:<{address}>";
        return reply with
        {
            Text = _includesHosts ? $"Error for {host}: Unexpected response for {command}: {reply.Text}" : reply.Text,
            Host = host,
            Fault = DeliveryFault.UnexpectedResponse,
            Command = command,
        };
    }

    public DeliveryOutcome ConnectionRefused(string host) => Fail(
        OutcomeKind.TemporaryFailure, DeliveryFault.Connection, host, Refusal, $"Connection failed: {Refusal}", $"Connection to '{host}' failed: {Refusal}");

    public DeliveryOutcome InvalidCertificate(string host) => Fail(
        OutcomeKind.TemporaryFailure, DeliveryFault.Tls, host, $"Handshake failed: {UnknownIssuer}", $"TLS error: {UnknownIssuer}", $"TLS error from '{host}': {UnknownIssuer}");

    public DeliveryOutcome DnsTimedOut(string domain) => Fail(
        OutcomeKind.TemporaryFailure, DeliveryFault.Dns, domain, TimedOut, $"DNS lookup failed: {TimedOut}", $"DNS lookup failed: {TimedOut}");

    public DeliveryOutcome NoSuchDomain(string domain) => Fail(
        OutcomeKind.PermanentFailure, DeliveryFault.Dns, domain, NoRecord, $"DNS lookup failed: {NoRecord}", $"Connection to '{domain}' failed: record not found for MX");

    /// <summary>An address without a domain: the DNS servers refuse to look up nothing.</summary>
    public DeliveryOutcome NoDomain()
    {
        const string Reason = "DNS resolution error: DNS error: error response: Query Refused";
        return Fail(OutcomeKind.TemporaryFailure, DeliveryFault.Dns, "", Reason, $"DNS lookup failed: {Reason}", $"DNS lookup failed: {Reason}");
    }

    private DeliveryOutcome Fail(OutcomeKind kind, DeliveryFault fault, string host, string reason, string textWithHost, string text) =>
        new(kind, _includesHosts ? $"Error for {host}: {textWithHost}" : text) { Host = host, Fault = fault, Reason = reason };
}
