using System.Net;
using MailAdmin.Sandbox.Dmarc;
using MailAdmin.Sandbox.Mail;
using MailAdmin.Sandbox.Principals;
using MailAdmin.Sandbox.Values;
using MimeKit;

namespace MailAdmin.Sandbox.Spam;

/// <summary>Tags of the transport: hosts, encryption and authentication, by the records that the domains publish.</summary>
/// <param name="remoteDomains">The domains and hosts of others.</param>
/// <param name="findRecord">The content of a record of an own domain, by its name.</param>
internal sealed class TransportTags(RemoteDomains remoteDomains, Func<string, string, string?> findRecord)
{
    public IEnumerable<string> GetTags(SpamInput input)
    {
        string[] received = input.Message.Headers.Where(header => header.Id == HeaderId.Received).Select(header => header.Value).ToArray();
        return [.. GetReceivedTags(input, received), .. GetHostTags(input), .. GetAuthenticationTags(input)];
    }

    private static IEnumerable<string> GetReceivedTags(SpamInput input, string[] received)
    {
        if (received.Length <= 12)
        {
            yield return "RCVD_COUNT_" + RecipientTags.FormatCount(received.Length);
        }

        if (input.AuthenticatedAs is not null)
        {
            yield return "RCVD_VIA_SMTP_AUTH";
        }

        if (!input.IsTls)
        {
            yield return "RCVD_NO_TLS_LAST";
        }
        else if (received.Length > 0 && received.All(line => line.Contains("TLS", StringComparison.OrdinalIgnoreCase)))
        {
            yield return "RCVD_TLS_ALL";
        }
        else
        {
            yield return "RCVD_TLS_LAST";
        }
    }

    private IEnumerable<string> GetHostTags(SpamInput input)
    {
        if (IPAddress.TryParse(input.EhloDomain.Trim('[', ']'), out IPAddress? address))
        {
            yield return "HELO_BAREIP";
            if (!address.Equals(input.RemoteAddress))
            {
                yield return "HELO_IP_A";
            }
        }
        else if (!AddressRules.IsRegistrable(input.EhloDomain))
        {
            yield return "HELO_NOT_FQDN";
        }

        if (remoteDomains.GetReverseNames(input.RemoteAddress).Count == 0)
        {
            yield return "RDNS_NONE";
        }
    }

    private IEnumerable<string> GetAuthenticationTags(SpamInput input)
    {
        var message = new SignedMessage(input.Message);
        string sender = input.EnvelopeFrom.Length > 0 ? MailAddress.GetDomain(input.EnvelopeFrom) : input.EhloDomain;
        AuthResult spf = new SpfEvaluator(remoteDomains, input.RemoteAddress).Evaluate(sender);
        var keys = new DkimKeyLocator(findRecord);
        IReadOnlyList<DkimResult> signatures = message.VerifyDkim(keys);
        yield return "SPF_" + GetTagSuffix(spf.Type, "FAIL");
        yield return "ARC_" + GetTagSuffix(message.VerifyArc(keys).Type, "REJECT");
        if (signatures.Count == 0)
        {
            yield return "DKIM_NA";
        }
        else
        {
            yield return "DKIM_SIGNED";
        }

        foreach (DkimResult signature in signatures)
        {
            yield return "DKIM_" + GetTagSuffix(signature.Result.Type, "REJECT");
        }

        yield return GetDmarcTag(message, sender, spf, signatures);
    }

    /// <summary>The policy of the author's domain for mail that is not authenticated for it.</summary>
    private string GetDmarcTag(SignedMessage message, string sender, AuthResult spf, IReadOnlyList<DkimResult> signatures)
    {
        if (DmarcRecord.Find(message.AuthorDomain, remoteDomains) is not { } record)
        {
            return "DMARC_NA";
        }

        if (DmarcTest.Evaluate(record, message.AuthorDomain, sender, spf, signatures).IsPass)
        {
            return "DMARC_POLICY_ALLOW";
        }

        return record.Policy switch
        {
            "reject" => "DMARC_POLICY_REJECT",
            "quarantine" => "DMARC_POLICY_QUARANTINE",
            _ => "DMARC_POLICY_SOFTFAIL",
        };
    }

    private static string GetTagSuffix(string result, string failSuffix) => result switch
    {
        "pass" => "ALLOW",
        "none" => "NA",
        "softFail" => "SOFTFAIL",
        "neutral" => "NEUTRAL",
        "permError" => "PERMFAIL",
        "tempError" => "DNSFAIL",
        _ => failSuffix,
    };
}
