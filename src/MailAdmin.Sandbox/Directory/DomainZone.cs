using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Registry;

namespace MailAdmin.Sandbox.Directory;

/// <summary>Writes what the DNS of a domain should hold.</summary>
/// <param name="store">The signatures of the domain.</param>
/// <param name="settings">The settings in force.</param>
internal sealed class DomainZone(RegistryStore store, SettingsInForce settings)
{
    /// <summary>How long one string of a TXT record may be.</summary>
    private const int MaxTextLength = 255;

    private static readonly (string Service, string Name, string? ClearName, int Port, int ClearPort)[] s_services =
    [
        ("caldav", "caldavs", null, 443, 0), ("carddav", "carddavs", null, 443, 0), ("imap", "imaps", "imap", 993, 143), ("jmap", "jmap", null, 443, 0),
        ("pop3", "pop3s", "pop3", 995, 110), ("smtp", "submissions", "submission", 465, 587),
    ];

    public string Write(RegistryObject domain)
    {
        string name = domain.Text("name")!;
        JsonObject system = settings["SystemSettings"];
        string host = system["defaultHostname"]!.GetValue<string>();
        var zone = new StringBuilder();
        foreach (RegistryObject signature in SignaturesOf(domain))
        {
            Add(zone, $"{signature.Text("selector")}._domainkey.{name}", "TXT", Quote(FormatKey(signature)));
        }

        if (host.EndsWith($".{name}", StringComparison.Ordinal))
        {
            Add(zone, host, "TXT", Quote("v=spf1 a -all"));
        }

        Add(zone, name, "TXT", Quote("v=spf1 mx -all"));
        (string Host, JsonNode? Priority)[] exchangers = [.. system["mailExchangers"]!.AsObject().Select(item => (item.Value!["hostname"]?.GetValue<string>() ?? host, item.Value["priority"]))];
        foreach ((string exchanger, JsonNode? priority) in exchangers)
        {
            Add(zone, name, "MX", $"{priority} {exchanger}.");
        }

        string? reports = ReportAddress(domain.Text("reportAddressUri"), name);
        Add(zone, $"_dmarc.{name}", "TXT", Quote(reports is null ? "v=DMARC1; p=reject" : $"v=DMARC1; p=reject; rua={reports}"));
        AddServices(zone, name, host, system["services"]!.AsObject());
        Add(zone, $"mta-sts.{name}", "CNAME", $"{host}.");
        Add(zone, $"_mta-sts.{name}", "TXT", Quote($"v=STSv1; id={StsPolicy.Id(settings["MtaSts"], exchangers.Select(exchanger => exchanger.Host))}"));
        if (reports is not null)
        {
            Add(zone, $"_smtp._tls.{name}", "TXT", Quote($"v=TLSRPTv1; rua={reports}"));
        }

        Add(zone, $"ua-auto-config.{name}", "CNAME", $"{host}.");
        Add(zone, $"_ua-auto-config.{name}", "TXT", Quote($"v=UAAC1; a=sha256; d={AutomaticConfiguration.Digest(system)}"));
        Add(zone, $"autoconfig.{name}", "CNAME", $"{host}.");
        Add(zone, $"autodiscover.{name}", "CNAME", $"{host}.");
        return zone.ToString();
    }

    /// <summary>The content of the record of a key of a domain, by the record's name; null where there is none.</summary>
    public string? FindKey(string domain, string name) => store.List("Domain").Values.FirstOrDefault(found => found.Text("name") == domain) is { } known
        && SignaturesOf(known).FirstOrDefault(signature => $"{signature.Text("selector")}._domainkey.{domain}." == name) is { } named
            ? FormatKey(named)
            : null;

    private static string FormatKey(RegistryObject signature) => $"v=DKIM1; k={DkimSignatureRules.Algorithm(signature.Value)}; h=sha256; p={DkimSignatureRules.PublicKey(signature.Value)}";

    private IEnumerable<RegistryObject> SignaturesOf(RegistryObject domain) =>
        store.List("DkimSignature").Values.Where(signature => signature.Text("domainId") == RegistryId.Format(domain.Id));

    private static void AddServices(StringBuilder zone, string name, string host, JsonObject services)
    {
        foreach ((string service, string label, string? clearLabel, int port, int clearPort) in s_services.Where(entry => services.ContainsKey(entry.Service)))
        {
            string target = $"{services[service]!["hostname"]?.GetValue<string>() ?? host}.";
            if (clearLabel is not null && services[service]!["cleartext"]!.GetValue<bool>())
            {
                Add(zone, $"_{clearLabel}._tcp.{name}", "SRV", string.Create(CultureInfo.InvariantCulture, $"0 1 {clearPort} {target}"));
            }

            Add(zone, $"_{label}._tcp.{name}", "SRV", string.Create(CultureInfo.InvariantCulture, $"0 1 {port} {target}"));
        }
    }

    /// <summary>An address without a domain is one of this domain.</summary>
    private static string? ReportAddress(string? uri, string name) =>
        uri is not null && uri.StartsWith("mailto:", StringComparison.Ordinal) && !uri.Contains('@', StringComparison.Ordinal) ? $"{uri}@{name}" : uri;

    private static void Add(StringBuilder zone, string name, string type, string value) => zone.Append(name).Append(". IN ").Append(type).Append(' ').Append(value).Append('\n');

    /// <summary>A text in quotes; a long one in several, over several lines.</summary>
    private static string Quote(string text)
    {
        string escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
        return escaped.Length <= MaxTextLength
            ? $"\"{escaped}\""
            : $"(\n{string.Concat(escaped.Chunk(MaxTextLength).Select(part => $"    \"{new string(part)}\"\n"))})";
    }
}
