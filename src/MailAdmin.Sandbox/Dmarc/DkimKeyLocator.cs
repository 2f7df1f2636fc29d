using MailAdmin.Sandbox.Dns;
using MimeKit.Cryptography;
using Org.BouncyCastle.Crypto;

namespace MailAdmin.Sandbox.Dmarc;

/// <summary>Finds the public keys of signatures: the server's own, in the DNS records that it asks to publish.</summary>
internal sealed class DkimKeyLocator(Func<string, IEnumerable<DnsRecord>> records) : DkimPublicKeyLocatorBase
{
    public override AsymmetricKeyParameter LocatePublicKey(string methods, string domain, string selector, CancellationToken cancellationToken = default)
    {
        string name = $"{selector}._domainkey.{domain}.";
        return records(domain).FirstOrDefault(record => record.Name == name) is { } record
            ? GetPublicKey(record.Content)
            : throw new KeyNotFoundException(name);
    }

    public override Task<AsymmetricKeyParameter> LocatePublicKeyAsync(string methods, string domain, string selector, CancellationToken cancellationToken = default) =>
        Task.FromResult(LocatePublicKey(methods, domain, selector, cancellationToken));
}
