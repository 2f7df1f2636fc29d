namespace MailAdmin.Sandbox.Dmarc;

/// <summary>What a receiver finds about a message.</summary>
/// <param name="EhloDomain">The name that the client gave.</param>
/// <param name="Ehlo">SPF of that name.</param>
/// <param name="SenderDomain">The domain of the envelope sender.</param>
/// <param name="Sender">SPF of that domain.</param>
/// <param name="Reverse">Whether the reverse records of the address fit.</param>
/// <param name="ReverseNames">The names in them.</param>
/// <param name="Signatures">The DKIM signatures.</param>
/// <param name="Arc">The ARC chain.</param>
/// <param name="Dmarc">The result.</param>
/// <param name="Policy">What the author's domain wants for mail that fails.</param>
/// <param name="Elapsed">How long it took.</param>
internal sealed record DmarcVerdict(
    string EhloDomain,
    AuthResult Ehlo,
    string SenderDomain,
    AuthResult Sender,
    AuthResult Reverse,
    IReadOnlyList<string> ReverseNames,
    IReadOnlyList<DkimResult> Signatures,
    AuthResult Arc,
    AuthResult Dmarc,
    string Policy,
    TimeSpan Elapsed);
