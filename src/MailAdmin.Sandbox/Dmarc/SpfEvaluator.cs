using System.Net;
using MailAdmin.Sandbox.Mail;

namespace MailAdmin.Sandbox.Dmarc;

/// <summary>Evaluates a domain's SPF record for an address (RFC 7208), without macros.</summary>
internal sealed class SpfEvaluator(RemoteDomains remoteDomains, IPAddress address)
{
    /// <summary>The limit of DNS look-ups for one record.</summary>
    private const int MaxLookups = 10;

    private static readonly AuthResult s_invalidRecord = new("permError", "Invalid SPF record");

    private int _lookups;

    public AuthResult Evaluate(string domain)
    {
        if (remoteDomains.TimesOut(domain))
        {
            return AuthResult.TimedOut;
        }

        if (remoteDomains.Find(domain)?.Spf is not { } record)
        {
            return AuthResult.None;
        }

        string? redirect = null;
        foreach (string term in record.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1))
        {
            if (term.StartsWith("redirect=", StringComparison.OrdinalIgnoreCase))
            {
                redirect = term["redirect=".Length..];
            }
            else if (!term.Contains('=', StringComparison.Ordinal) && EvaluateMechanism(term, domain) is { } result)
            {
                return result;
            }
        }

        if (redirect is null)
        {
            return new AuthResult("neutral");
        }

        return ++_lookups > MaxLookups ? s_invalidRecord : Evaluate(redirect) is { Type: not "none" } other ? other : s_invalidRecord;
    }

    /// <summary>The result of one mechanism; null where it does not match.</summary>
    private AuthResult? EvaluateMechanism(string term, string domain)
    {
        (char qualifier, string mechanism) = term[0] is '+' or '-' or '~' or '?' ? (term[0], term[1..]) : ('+', term);
        int slash = mechanism.IndexOf('/', StringComparison.Ordinal);
        int colon = mechanism.IndexOf(':', StringComparison.Ordinal);
        int end = colon >= 0 ? colon : slash >= 0 ? slash : mechanism.Length;
        string name = mechanism[..end].ToLowerInvariant();
        string value = colon < 0 ? "" : mechanism[(colon + 1)..];
        bool? matches = name switch
        {
            "all" => true,
            "ip4" or "ip6" => IsInNetwork(value),
            "a" => TryCountLookup() ? remoteDomains.GetAddresses(value.Length > 0 ? value : domain).Contains(address) : null,
            "mx" => TryCountLookup() ? IsExchanger(value.Length > 0 ? value : domain) : null,
            "include" => TryCountLookup() ? Evaluate(value) switch { { IsPass: true } => true, { Type: "none" or "permError" } => null, _ => false } : null,
            "exists" => TryCountLookup() ? remoteDomains.GetAddresses(value).Count > 0 : null,
            _ => null,
        };
        return matches switch
        {
            null => s_invalidRecord,
            false => null,
            true => qualifier switch { '-' => new AuthResult("fail"), '~' => new AuthResult("softFail"), '?' => new AuthResult("neutral"), _ => AuthResult.Pass },
        };
    }

    private bool TryCountLookup() => ++_lookups <= MaxLookups;

    private bool IsExchanger(string domain) => remoteDomains.Find(domain)?.Exchangers.Any(exchanger => exchanger.Host.Address.Equals(address)) == true;

    /// <summary>Whether the address is in a network; null for a network that cannot be read.</summary>
    private bool? IsInNetwork(string network)
    {
        if (IPAddress.TryParse(network, out IPAddress? single))
        {
            return single.Equals(address);
        }

        return IPNetwork.TryParse(network, out IPNetwork range) ? range.Contains(address) : null;
    }
}
