namespace MailAdmin.Sandbox.Mail;

/// <summary>How the mail host of another domain behaves.</summary>
internal enum RemoteHostBehaviour
{
    /// <summary>There is no such domain.</summary>
    NoSuchDomain,

    /// <summary>Takes everything.</summary>
    Accepts,

    /// <summary>Asks to try again later, every time.</summary>
    Greylists,

    /// <summary>Nobody listens.</summary>
    RefusesConnections,

    /// <summary>Knows no mailbox.</summary>
    RefusesRecipients,

    /// <summary>Takes everything, but its certificate does not verify; the second attempt does without.</summary>
    HasInvalidCertificate,

    /// <summary>Its DNS server never answers.</summary>
    DnsTimesOut,
}
