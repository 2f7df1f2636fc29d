namespace MailAdmin.Sandbox.Dns;

/// <summary>A record that an administrator has to publish; the name ends with a dot.</summary>
internal sealed record DnsRecord(string Type, string Name, string Content);
