using System.Net;

namespace MailAdmin.Sandbox.Mail;

/// <summary>A remote mail host, as seen by a client that connects to it.</summary>
/// <param name="Name">Its name, without a dot at the end.</param>
/// <param name="Address">Its address, whose reverse record gives the name.</param>
/// <param name="Behaviour">What it does with mail.</param>
internal sealed record MailHost(string Name, IPAddress Address, RemoteHostBehaviour Behaviour)
{
    /// <summary>Whether it offers STARTTLS with a valid certificate. Hosts with an invalid certificate offer STARTTLS too.</summary>
    public bool HasValidCertificate { get; init; }

    /// <summary>Whether it accepts connections and then never sends a greeting.</summary>
    public bool NeverGreets { get; init; }

    /// <summary>The digests that DNS publishes of its certificates (DANE).</summary>
    public IReadOnlyList<TlsaEntry> Tlsa { get; init; } = [];

    /// <summary>Whether its certificate is one of those.</summary>
    public bool MatchesTlsa { get; init; } = true;

    /// <summary>Whether a mailbox exists; by default every mailbox does.</summary>
    public Func<string, bool> HasMailbox { get; init; } = _ => true;

    public bool OffersStartTls => HasValidCertificate || Behaviour == RemoteHostBehaviour.HasInvalidCertificate;
}
