using System.Text;
using System.Text.Json;
using MailAdmin.Sandbox;
using MimeKit;
using MimeKit.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Security;

namespace MailAdmin.Tests.Sandbox;

public sealed class SandboxSignatureTests
{
    [Fact]
    public async Task After_a_reload_mail_is_signed_and_the_signatures_verify()
    {
        var server = new SandboxServer(new SandboxOptions { Empty = true });
        await server.AddUserAsync("john", "john-secret");
        await server.SendAsync("PATCH", "/api/queue/status/stop");
        await server.SendAsync("POST", "/api/dkim", """{"algorithm":"Rsa","domain":"example.org"}""");
        await server.SendAsync("POST", "/api/dkim", """{"algorithm":"Ed25519","domain":"example.org"}""");
        (await SendAsync(server)).Headers.Contains(HeaderId.DkimSignature).ShouldBeFalse("settings act from the next reload");

        await server.SendAsync("POST", "/api/settings", """[{"type":"insert","prefix":null,"values":[["spam-filter.pyzor.enable","false"]],"assert_empty":false}]""");
        await server.SendAsync("GET", "/api/reload");
        using MimeMessage message = await SendAsync(server);
        Header[] signatures = message.Headers.Where(header => header.Id == HeaderId.DkimSignature).ToArray();
        signatures.Length.ShouldBe(2);
        foreach (Header signature in signatures)
        {
            string id = signature.Value.Contains("ed25519", StringComparison.Ordinal) ? "ed25519-example.org" : "rsa-example.org";
            string key = (await server.SendAsync("GET", $"/api/dkim/{id}")).Data.GetString()!;
            new DkimVerifier(new Locator(key)).Verify(message, signature).ShouldBeTrue(id);
        }
    }

    private static async Task<MimeMessage> SendAsync(SandboxServer server)
    {
        const string Message = "From: john@example.org\r\nTo: a@remote.test,\r\n b@remote.test\r\nSubject: A  word\r\nDate: Sun, 22 Nov 2026 10:00:00 +0000\r\n\r\nOne  line \r\n\r\nand another\r\n\r\n";
        server.Deliver("john", "john@example.org", ["a@remote.test"], Encoding.ASCII.GetBytes(Message)).ShouldBeNull();
        JsonElement queued = (await server.SendAsync("GET", "/api/queue/messages?values=1")).Data.GetProperty("items").EnumerateArray().Last();
        string raw = (await server.SendAsync("GET", $"/api/store/blobs/{queued.GetProperty("blob_hash").GetString()}")).Text;
        return await MimeMessage.LoadAsync(new MemoryStream(Encoding.ASCII.GetBytes(raw)));
    }

    private sealed class Locator(string key) : DkimPublicKeyLocatorBase
    {
        public override AsymmetricKeyParameter LocatePublicKey(string methods, string domain, string selector, CancellationToken cancellationToken = default)
        {
            byte[] bytes = Convert.FromBase64String(key);
            return bytes.Length == 32 ? new Ed25519PublicKeyParameters(bytes) : PublicKeyFactory.CreateKey(bytes);
        }

        public override Task<AsymmetricKeyParameter> LocatePublicKeyAsync(string methods, string domain, string selector, CancellationToken cancellationToken = default) =>
            Task.FromResult(LocatePublicKey(methods, domain, selector, cancellationToken));
    }
}
