using System.Net;
using MailAdmin.Sandbox.Dns;
using MailAdmin.Sandbox.Http;
using MailAdmin.Sandbox.Mail;
using MailAdmin.Sandbox.Values;

namespace MailAdmin.Sandbox.Dmarc;

/// <summary>Evaluates a message as a receiver would: SPF, reverse DNS, DKIM, ARC, and the resulting DMARC result.</summary>
internal sealed class DmarcTest(RemoteDomains remoteDomains, DnsRecords records, TimeProvider clock)
{
    public SandboxResponse Run(DmarcTestRequest request)
    {
        long startedAt = clock.GetTimestamp();
        SignedMessage message = SignedMessage.Load(request.Body ?? $"From: {request.MailFrom}\r\n\r\n") ?? throw ApiException.Other("Failed to parse message");
        string ehlo = request.EhloDomain.ToLowerInvariant();
        string sender = MailAddress.GetDomainOrEmpty(request.MailFrom).TrimEnd('>') is { Length: > 0 } domain ? domain : ehlo;
        AuthResult spf = new SpfEvaluator(remoteDomains, request.RemoteIp).Evaluate(sender);
        (AuthResult reverse, IReadOnlyList<string> names) = CheckReverseDns(request.RemoteIp);
        IReadOnlyList<DkimResult> signatures = message.VerifyDkim(new DkimKeyLocator(records));
        var record = DmarcRecord.Find(message.AuthorDomain, remoteDomains);
        AuthResult dmarc = record is null ? AuthResult.None : Evaluate(record, message.AuthorDomain, sender, spf, signatures);
        return Responses.Data(json =>
        {
            json.WriteStartObject();
            json.WriteString("spfEhloDomain"u8, ehlo);
            new SpfEvaluator(remoteDomains, request.RemoteIp).Evaluate(ehlo).Write(json, "spfEhloResult");
            json.WriteString("spfMailFromDomain"u8, sender);
            spf.Write(json, "spfMailFromResult");
            reverse.Write(json, "ipRevResult");
            json.WriteStrings("ipRevPtr"u8, names);
            json.WriteStartArray("dkimResults"u8);
            foreach (DkimResult signature in signatures)
            {
                signature.Result.WriteValue(json);
            }

            json.WriteEndArray();
            json.WriteBoolean("dkimPass"u8, signatures.Any(signature => signature.Result.IsPass));
            message.VerifyArc(new DkimKeyLocator(records)).Write(json, "arcResult");
            dmarc.Write(json, "dmarcResult");
            json.WriteBoolean("dmarcPass"u8, dmarc.IsPass);
            json.WriteString("dmarcPolicy"u8, record?.Policy ?? "none");
            json.WriteNumber("elapsed"u8, (long)clock.GetElapsedTime(startedAt).TotalMilliseconds);
            json.WriteEndObject();
        });
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
