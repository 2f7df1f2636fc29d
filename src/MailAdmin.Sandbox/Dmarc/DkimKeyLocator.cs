using MimeKit.Cryptography;
using Org.BouncyCastle.Crypto;

namespace MailAdmin.Sandbox.Dmarc;

/// <summary>Finds the public keys of signatures: the server's own, in the DNS records that it asks to publish.</summary>
/// <param name="findRecord">The content of a record of a domain, by its name; null where there is none.</param>
internal sealed class DkimKeyLocator(Func<string, string, string?> findRecord) : DkimPublicKeyLocatorBase
{
    public override AsymmetricKeyParameter LocatePublicKey(string methods, string domain, string selector, CancellationToken cancellationToken = default)
    {
        string name = $"{selector}._domainkey.{domain}.";
        return findRecord(domain, name) is { } content ? GetPublicKey(content) : throw new KeyNotFoundException(name);
    }

    public override Task<AsymmetricKeyParameter> LocatePublicKeyAsync(string methods, string domain, string selector, CancellationToken cancellationToken = default) =>
        Task.FromResult(LocatePublicKey(methods, domain, selector, cancellationToken));
}
