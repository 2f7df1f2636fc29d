namespace MailAdmin.Sandbox.Mail;

/// <summary>The world outside: which domains exist, and how their hosts take mail.</summary>
internal sealed class RemoteHosts
{
    private readonly Dictionary<string, RemoteHost> hosts = new(StringComparer.Ordinal)
    {
        ["delivered.test"] = RemoteHost.Accepts,
        ["remote.test"] = RemoteHost.Greylists,
        ["elsewhere.test"] = RemoteHost.RefusesConnections,
        ["bounce.test"] = RemoteHost.RefusesRecipients,
        ["badcert.test"] = RemoteHost.HasBadCertificate,
        ["silent.test"] = RemoteHost.IsSilent,
    };

    public RemoteHost this[string domain] => hosts.GetValueOrDefault(domain);

    public void Add(string domain, RemoteHost host) => hosts[domain] = host;
}
