using System.Net;
using MailAdmin.Sandbox.Mail;
using MailAdmin.Sandbox.Values;

namespace MailAdmin.Sandbox.Dmarc;

/// <summary>Evaluates a message as a receiver would: SPF, reverse DNS, DKIM, ARC, and the resulting DMARC result.</summary>
/// <param name="remoteDomains">The domains and hosts of others.</param>
/// <param name="findRecord">The content of a record of an own domain, by its name.</param>
/// <param name="clock">The server's clock.</param>
internal sealed class DmarcTest(RemoteDomains remoteDomains, Func<string, string, string?> findRecord, TimeProvider clock)
{
    /// <summary>What a receiver would find; null where the message cannot be read.</summary>
    public DmarcFindings? Run(DmarcTestRequest request)
    {
        long startedAt = clock.GetTimestamp();
        if (SignedMessage.Load(request.Body ?? $"From: {request.MailFrom}\r\n\r\n") is not { } message)
        {
            return null;
        }

        string ehlo = request.EhloDomain.ToLowerInvariant();
        string sender = MailAddress.GetDomainOrEmpty(request.MailFrom).TrimEnd('>') is { Length: > 0 } domain ? domain : ehlo;
        AuthResult spf = new SpfEvaluator(remoteDomains, request.RemoteIp).Evaluate(sender);
        (AuthResult reverse, IReadOnlyList<string> names) = CheckReverseDns(request.RemoteIp);
        IReadOnlyList<DkimResult> signatures = message.VerifyDkim(new DkimKeyLocator(findRecord));
        var record = DmarcRecord.Find(message.AuthorDomain, remoteDomains);
        return new DmarcFindings(
            ehlo,
            new SpfEvaluator(remoteDomains, request.RemoteIp).Evaluate(ehlo),
            sender,
            spf,
            reverse,
            names,
            signatures,
            message.VerifyArc(new DkimKeyLocator(findRecord)),
            record is null ? AuthResult.None : Evaluate(record, message.AuthorDomain, sender, spf, signatures),
            record?.Policy ?? "none",
            clock.GetElapsedTime(startedAt));
    }

    /// <summary>
    /// Only what passes is checked for alignment with the author's domain: where nothing passes at all there is
    /// nothing to check, and the DMARC result is <c>none</c>, whatever the policy.
    /// </summary>
    public static AuthResult Evaluate(DmarcRecord record, string author, string sender, AuthResult spf, IReadOnlyList<DkimResult> signatures)
    {
        DkimResult[] passing = signatures.Where(signature => signature.Result.IsPass).ToArray();
        bool isAligned = (spf.IsPass && DmarcRecord.AreAligned(author, sender, record.IsSpfStrict))
            || passing.Any(signature => DmarcRecord.AreAligned(author, signature.Domain, record.IsDkimStrict));
        return isAligned ? AuthResult.Pass : spf.IsPass || passing.Length > 0 ? AuthResult.NotAligned : AuthResult.None;
    }

    private (AuthResult Result, IReadOnlyList<string> Names) CheckReverseDns(IPAddress address)
    {
        IReadOnlyList<string> names = remoteDomains.GetReverseNames(address);
        if (names.Count == 0)
        {
            return (new AuthResult("permError", "DNS record not found"), names);
        }

        return names.Any(name => remoteDomains.GetAddresses(name.TrimEnd('.')).Contains(address)) ? (AuthResult.Pass, names) : (new AuthResult("fail"), names);
    }
}
