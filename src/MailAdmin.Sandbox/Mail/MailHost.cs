using System.Net;

namespace MailAdmin.Sandbox.Mail;

/// <summary>A mail host of the world outside, as a client that connects to it finds it.</summary>
/// <param name="Name">Its name, without a dot at the end.</param>
/// <param name="Address">Its address, whose reverse record gives the name.</param>
/// <param name="Behaviour">What it does with mail.</param>
internal sealed record MailHost(string Name, IPAddress Address, RemoteHostBehaviour Behaviour)
{
    /// <summary>Whether it offers STARTTLS with a certificate that verifies. Besides, hosts with a bad certificate offer it with that.</summary>
    public bool HasValidCertificate { get; init; }

    /// <summary>Whether it takes connections and then says nothing.</summary>
    public bool NeverGreets { get; init; }

    /// <summary>The digests that DNS publishes of its certificates (DANE).</summary>
    public IReadOnlyList<TlsaEntry> Tlsa { get; init; } = [];

    /// <summary>Whether its certificate is one of those.</summary>
    public bool MatchesTlsa { get; init; } = true;

    /// <summary>Tells which mailboxes there are; all there is asked for without it.</summary>
    public Func<string, bool> HasMailbox { get; init; } = _ => true;

    public bool OffersStartTls => HasValidCertificate || Behaviour == RemoteHostBehaviour.HasInvalidCertificate;
}
