using System.Net;
using MailAdmin.Sandbox.Directory;
using MimeKit;

namespace MailAdmin.Sandbox.SpamFilter;

/// <summary>The way it came: hosts, encryption, and who vouches for it. The sandbox resolves no names, so nobody does.</summary>
internal static class TransportTags
{
    public static IEnumerable<string> Of(SpamInput input)
    {
        var headers = input.Message.Headers;
        var received = headers.Where(header => header.Id == HeaderId.Received).Select(header => header.Value).ToArray();
        if (received.Length <= 12)
            yield return "RCVD_COUNT_" + RecipientTags.Count(received.Length);
        yield return Encryption(input, received);
        if (input.AuthenticatedAs is not null)
            yield return "RCVD_VIA_SMTP_AUTH";
        foreach (var tag in Host(input))
            yield return tag;
        yield return "RDNS_NONE";
        yield return "SPF_NA";
        yield return headers.Contains(HeaderId.DkimSignature) ? "DKIM_PERMFAIL" : "DKIM_NA";
        yield return headers.Contains(HeaderId.ArcSeal) ? "ARC_DNSFAIL" : "ARC_NA";
        yield return "DMARC_NA";
    }

    private static string Encryption(SpamInput input, string[] received)
    {
        if (!input.IsTls)
            return "RCVD_NO_TLS_LAST";
        var isEncryptedAllTheWay = received.Length > 0 && received.All(line => line.Contains("TLS", StringComparison.OrdinalIgnoreCase));
        return isEncryptedAllTheWay ? "RCVD_TLS_ALL" : "RCVD_TLS_LAST";
    }

    private static IEnumerable<string> Host(SpamInput input)
    {
        if (IPAddress.TryParse(input.EhloDomain.Trim('[', ']'), out var address))
        {
            yield return "HELO_BAREIP";
            if (!address.Equals(input.RemoteAddress))
                yield return "HELO_IP_A";
        }
        else if (!AddressRules.IsRegistrable(input.EhloDomain))
        {
            yield return "HELO_NOT_FQDN";
        }
    }
}
