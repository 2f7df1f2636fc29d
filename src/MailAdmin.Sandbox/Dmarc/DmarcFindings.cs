namespace MailAdmin.Sandbox.Dmarc;

/// <summary>What a receiver would find of a message.</summary>
internal sealed record DmarcFindings(
    string Ehlo,
    AuthResult EhloSpf,
    string Sender,
    AuthResult Spf,
    AuthResult Reverse,
    IReadOnlyList<string> Names,
    IReadOnlyList<DkimResult> Signatures,
    AuthResult Arc,
    AuthResult Dmarc,
    string Policy,
    TimeSpan Elapsed)
{
    /// <summary>Whether a signature holds.</summary>
    public bool DkimPass => Signatures.Any(signature => signature.Result.IsPass);
}
