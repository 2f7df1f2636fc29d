namespace MailAdmin.Sandbox.Mail;

/// <summary>How the mail host of another domain behaves.</summary>
internal enum RemoteHostBehaviour
{
    /// <summary>There is no such domain.</summary>
    NoSuchDomain,

    /// <summary>Accepts everything.</summary>
    Accepts,

    /// <summary>Defers every attempt.</summary>
    Greylists,

    /// <summary>Refuses connections.</summary>
    RefusesConnections,

    /// <summary>Refuses every recipient.</summary>
    RefusesRecipients,

    /// <summary>Accepts everything, but its certificate is invalid; the second attempt does not use TLS.</summary>
    HasInvalidCertificate,

    /// <summary>Its DNS server never answers.</summary>
    DnsTimesOut,
}
