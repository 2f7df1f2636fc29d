using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MailAdmin.Sandbox.Dkim;
using MailAdmin.Sandbox.Settings;

namespace MailAdmin.Sandbox.Dns;

/// <summary>Derives the records of a domain from the settings. The domain need not exist in the server, and keeps its spelling.</summary>
internal sealed class DnsRecords(SettingsStore settings, string hostName)
{
    public IReadOnlyList<DnsRecord> GetRecords(string domain)
    {
        var records = new List<DnsRecord> { new("MX", $"{domain}.", $"10 {hostName}.") };
        if (hostName != $"mail.{domain}")
        {
            records.Add(new DnsRecord("CNAME", $"mail.{domain}.", $"{hostName}."));
        }

        records.AddRange(GetDkimRecords(domain));
        if (hostName == domain || hostName.EndsWith($".{domain}", StringComparison.Ordinal))
        {
            records.Add(new DnsRecord("TXT", $"{hostName}.", "v=spf1 a ra=postmaster -all"));
        }

        records.Add(new DnsRecord("TXT", $"{domain}.", "v=spf1 mx ra=postmaster -all"));
        records.AddRange(GetServiceRecords(domain));
        records.Add(new DnsRecord("TXT", $"_dmarc.{domain}.", $"v=DMARC1; p=reject; rua=mailto:postmaster@{domain}; ruf=mailto:postmaster@{domain}"));
        records.Add(new DnsRecord("TXT", $"_smtp._tls.{domain}.", $"v=TLSRPTv1; rua=mailto:postmaster@{domain}"));
        return records;
    }

    /// <summary>The content of a record of a domain, by its name; null where there is none.</summary>
    public string? FindContent(string domain, string name) => GetRecords(domain).FirstOrDefault(record => record.Name == name)?.Content;

    /// <summary>Only signatures whose domain has exactly this spelling.</summary>
    private IEnumerable<DnsRecord> GetDkimRecords(string domain)
    {
        foreach ((string key, string value) in settings.GetSection("signature"))
        {
            if (value != domain || !key.EndsWith(".domain", StringComparison.Ordinal))
            {
                continue;
            }

            string signature = $"signature.{key[..^".domain".Length]}";
            string? algorithm = settings[$"{signature}.algorithm"];
            if (settings[$"{signature}.selector"] is { } selector && DkimKeys.GetPublicKey(algorithm, settings[$"{signature}.private-key"] ?? "") is { } key64)
            {
                yield return new DnsRecord("TXT", $"{selector}._domainkey.{domain}.", $"v=DKIM1; k={algorithm!.Split('-')[0]}; h=sha256; p={key64}");
            }
        }
    }

    private IEnumerable<DnsRecord> GetServiceRecords(string domain)
    {
        bool hasHttps = false;
        foreach ((string Protocol, int Port, bool IsTls) listener in GetListeners())
        {
            string s = listener.IsTls ? "s" : "";
            string target = $"0 1 {listener.Port} {hostName}.";
            switch (listener.Protocol)
            {
                case "smtp" when listener.Port > 25:
                    yield return new DnsRecord("SRV", $"_submission{s}._tcp.{domain}.", target);
                    break;
                case "imap" or "pop3":
                    yield return new DnsRecord("SRV", $"_{listener.Protocol}{s}._tcp.{domain}.", target);
                    break;
                case "http" when listener.IsTls:
                    hasHttps = true;
                    yield return new DnsRecord("SRV", $"_jmap._tcp.{domain}.", target);
                    break;
                default:
                    break;
            }
        }

        if (!hasHttps)
        {
            yield break;
        }

        yield return new DnsRecord("CNAME", $"autoconfig.{domain}.", $"{hostName}.");
        yield return new DnsRecord("CNAME", $"autodiscover.{domain}.", $"{hostName}.");
        yield return new DnsRecord("CNAME", $"mta-sts.{domain}.", $"{hostName}.");
        ulong policy = BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes(hostName)));
        yield return new DnsRecord("TXT", $"_mta-sts.{domain}.", $"v=STSv1; id={policy.ToString(CultureInfo.InvariantCulture)}");
    }

    private IEnumerable<(string Protocol, int Port, bool IsTls)> GetListeners()
    {
        IReadOnlyList<KeyValuePair<string, string>> section = settings.GetSection("server.listener");
        foreach ((string key, string protocol) in section.Where(pair => pair.Key.EndsWith(".protocol", StringComparison.Ordinal)))
        {
            string id = key[..^".protocol".Length];
            bool isTls = settings[$"server.listener.{id}.tls.implicit"] == "true";
            foreach ((string _, string address) in section.Where(pair => pair.Key == $"{id}.bind" || pair.Key.StartsWith($"{id}.bind.", StringComparison.Ordinal)))
            {
                if (int.TryParse(address.AsSpan(address.LastIndexOf(':') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int port))
                {
                    yield return (protocol, port, isTls);
                }
            }
        }
    }
}
