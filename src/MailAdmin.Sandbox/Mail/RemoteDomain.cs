namespace MailAdmin.Sandbox.Mail;

/// <summary>A remote domain: what it publishes in DNS and on the web.</summary>
internal sealed record RemoteDomain(string Name)
{
    /// <summary>Its mail hosts by preference, the lowest first.</summary>
    public IReadOnlyList<(int Preference, MailHost Host)> Exchangers { get; init; } = [];

    /// <summary>Whether its DNS server never answers.</summary>
    public bool DnsTimesOut { get; init; }

    public MtaStsPolicy? MtaSts { get; init; }

    /// <summary>Where reports about TLS go: <c>mailto:</c> and <c>https:</c> addresses.</summary>
    public IReadOnlyList<string> TlsReportAddresses { get; init; } = [];

    /// <summary>The SPF record; none without it.</summary>
    public string? Spf { get; init; }

    /// <summary>The DMARC record; none without it.</summary>
    public string? Dmarc { get; init; }

    /// <summary>The host that receives its mail: the first that can be reached.</summary>
    public MailHost? PreferredHost => Exchangers.Select(exchanger => exchanger.Host).FirstOrDefault(host => host.Behaviour != RemoteHostBehaviour.RefusesConnections)
        ?? Exchangers.Select(exchanger => exchanger.Host).FirstOrDefault();

    /// <summary>How mail to it is handled.</summary>
    public RemoteHostBehaviour Behaviour => DnsTimesOut ? RemoteHostBehaviour.DnsTimesOut : PreferredHost?.Behaviour ?? RemoteHostBehaviour.NoSuchDomain;
}
