// The real transport over loopback: certificates, closed ports, silence.
using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MailAdmin.Client;
using MailAdmin.Client.Calls;
using MailAdmin.PowerShell.Module;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Http;

public sealed class SocketTests
{
    private static readonly CancellationToken s_cancellationToken = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_certificate_that_does_not_verify_is_named_and_nothing_is_sent()
    {
        await using var server = new TinyServer(SelfSigned("CN=another.test"));
        MailServerException e = await Should.ThrowAsync<MailServerException>(ConnectAsync(server.Uri));
        e.Code.ShouldBe(MailErrorCode.CertificateInvalid);
        e.Message.Split(server.Fingerprint!).Length.ShouldBe(2, "the fingerprint stands once");
        e.Message.ShouldContain(server.Uri.Authority);
        e.CertificateFingerprint.ShouldBe(server.Fingerprint);
        e.Message.ShouldContain("another.test");
        server.Received.ShouldBe("");
        server.Connections.ShouldBe(1);
    }

    [Fact]
    public async Task Whoever_knows_the_host_may_skip_the_check()
    {
        await using var server = new TinyServer(SelfSigned("CN=another.test"));
        (await Should.ThrowAsync<MailServerException>(ConnectAsync(server.Uri, o => o with { SkipCertificateCheck = true }))).Code.ShouldBe(MailErrorCode.Unauthorized);
        server.Received.ShouldStartWith("GET /api/discover/x HTTP/1.1");
        server.Received.ShouldContain("User-Agent: MailAdmin/");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_pinned_certificate_is_accepted_whatever_its_name_and_its_end(bool expired)
    {
        await using var server = new TinyServer(SelfSigned("CN=another.test", expired));
        (await Should.ThrowAsync<MailServerException>(ConnectAsync(server.Uri, o => o with { CertificateThumbprint = server.Fingerprint }))).Code.ShouldBe(MailErrorCode.Unauthorized);
        server.Received.ShouldStartWith("GET /api/discover/x HTTP/1.1");
    }

    [Fact]
    public async Task A_pinned_certificate_that_changed_is_refused_with_both_fingerprints_and_nothing_is_sent()
    {
        await using var server = new TinyServer(SelfSigned("CN=127.0.0.1"));
        using X509Certificate2 former = SelfSigned("CN=127.0.0.1");
        string pinned = CertificateFingerprint.Get(former);
        MailServerException e = await Should.ThrowAsync<MailServerException>(ConnectAsync(server.Uri, o => o with { CertificateThumbprint = pinned }));
        e.Code.ShouldBe(MailErrorCode.CertificateInvalid);
        e.Message.ShouldContain(pinned);
        e.Message.ShouldContain(server.Fingerprint!);
        server.Received.ShouldBe("");
        server.Connections.ShouldBe(1);
    }

    [Fact]
    public async Task The_line_that_the_error_shows_pins_the_certificate()
    {
        await using var server = new TinyServer(SelfSigned("CN=another.test"));
        using var shell = new HostedShell();
        shell.SetVariable("credential", new System.Management.Automation.PSCredential("jane", new NetworkCredential("", "secret").SecurePassword));
        System.Management.Automation.ErrorRecord refused = shell.Run($"Connect-MailServer {server.Uri} -Credential $credential -NoProxy").Errors.ShouldHaveSingleItem();
        refused.FullyQualifiedErrorId.ShouldStartWith("CertificateInvalid");
        string line = $"Connect-MailServer {server.Uri.GetLeftPart(UriPartial.Authority)} -CertificateThumbprint {server.Fingerprint}";
        refused.ErrorDetails.RecommendedAction.ShouldContain(line);
        server.Received.ShouldBe("");
        shell.Run($"{line} -Credential $credential -NoProxy").Errors.ShouldHaveSingleItem().FullyQualifiedErrorId.ShouldStartWith("Unauthorized");
    }

    [Theory]
    [InlineData("https://127.0.0.1:9 -CertificateThumbprint A9993E364706816ABA3E25717850C26C9CD0D89D", "-Certificate (Get-Item")]
    [InlineData("https://127.0.0.1:9 -CertificateThumbprint nonsense", "SHA-256")]
    [InlineData("https://127.0.0.1:9 -SkipCertificateCheck -CertificateThumbprint ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", "Omit -SkipCertificateCheck")]
    [InlineData("http://127.0.0.1:9 -CertificateThumbprint ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", "https")]
    public void A_pin_that_would_not_hold_is_refused(string arguments, string advice)
    {
        using var shell = new HostedShell();
        shell.SetVariable("token", new NetworkCredential("", "a-token").SecurePassword);
        shell.Run($"Connect-MailServer {arguments} -AccessToken $token -NoProxy").Errors.ShouldHaveSingleItem().ToString().ShouldContain(advice);
    }

    [Theory]
    [InlineData("AB:CD:{0}")]
    [InlineData("ab cd {0}")]
    [InlineData("sha256 Fingerprint=AB:cd:{0}")]
    [InlineData("\u200Eabcd{0}")]
    [InlineData("ab-cd-{0}")]
    public void A_fingerprint_is_read_as_people_have_it(string form)
    {
        string rest = new('0', 60);
        CertificateFingerprint.Parse(string.Format(System.Globalization.CultureInfo.InvariantCulture, form, rest)).ShouldBe("ABCD" + rest);
    }

    [Theory]
    [InlineData("")]
    [InlineData("AB:CD")]
    [InlineData("A9993E364706816ABA3E25717850C26C9CD0D89D")]
    [InlineData("XY00000000000000000000000000000000000000000000000000000000000000")]
    public void What_is_no_SHA256_fingerprint_is_refused(string text) =>
        Should.Throw<ArgumentException>(() => CertificateFingerprint.Parse(text)).Message.ShouldContain("SHA-256");

    [Fact]
    public async Task Https_to_a_plain_port_names_the_address_that_answers_and_sends_it_no_credential()
    {
        await using var server = new TinyServer(null);
        MailServerException e = await Should.ThrowAsync<MailServerException>(ConnectAsync(new UriBuilder(server.Uri) { Scheme = "https" }.Uri));
        e.Code.ShouldBe(MailErrorCode.Unreachable);
        e.Message.ShouldContain($"Connect-MailServer {server.Uri.GetLeftPart(UriPartial.Authority)}");
        server.Received.ShouldContain("GET /healthz/live HTTP/1.1");
        server.Received.ShouldNotContain("Authorization");
        server.Received.ShouldNotContain("POST");
    }

    [Fact]
    public async Task Http_to_a_port_that_speaks_TLS_names_the_address_that_answers()
    {
        await using var server = new TinyServer(SelfSigned("CN=another.test"));
        MailServerException e = await Should.ThrowAsync<MailServerException>(ConnectAsync(new UriBuilder(server.Uri) { Scheme = "http" }.Uri));
        e.Code.ShouldBe(MailErrorCode.Unreachable);
        e.Message.ShouldContain($"Connect-MailServer {server.Uri.GetLeftPart(UriPartial.Authority)}");
        server.Received.ShouldStartWith("GET /healthz/live HTTP/1.1");
        server.Received.ShouldNotContain("Authorization");
    }

    [Fact]
    public async Task A_port_that_speaks_neither_is_told_as_before()
    {
        await using var server = new TinyServer(null, answers: true, response: "220 mail.example.org ESMTP\r\n");
        MailServerException e = await Should.ThrowAsync<MailServerException>(ConnectAsync(new UriBuilder(server.Uri) { Scheme = "https" }.Uri));
        e.Code.ShouldBe(MailErrorCode.Unreachable);
        e.Message.ShouldNotContain("Connect-MailServer");
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public async Task A_compression_that_is_none_is_an_error_of_ours(string encoding)
    {
        await using var server = new TinyServer(null, response: CreateCompressed(encoding, "\u0001\u0002 no compression at all"));
        MailServerException e = await Should.ThrowAsync<MailServerException>(ConnectAsync(server.Uri));
        e.Code.ShouldBe(MailErrorCode.UnexpectedResponse);
        e.Message.ShouldContain("cannot be unpacked");
        server.Connections.ShouldBe(1, "a password is sent once");
    }

    [Fact]
    public async Task A_few_bytes_that_unpack_to_many_are_refused()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            byte[] zeros = new byte[1024 * 1024];
            for (long size = 0; size <= ResponseSize.MaxBuffered; size += zeros.Length)
            {
                await gzip.WriteAsync(zeros, s_cancellationToken);
            }
        }
        await using var server = new TinyServer(null, response: CreateCompressed("gzip", Encoding.Latin1.GetString(packed.ToArray())));
        MailServerException e = await Should.ThrowAsync<MailServerException>(ConnectAsync(server.Uri));
        e.Code.ShouldBe(MailErrorCode.UnexpectedResponse);
        e.Message.ShouldContain("larger than 64 MB");
    }

    [Fact]
    public async Task A_closed_port_is_unreachable()
    {
        Uri closed;
        await using (var server = new TinyServer(null))
        {
            closed = server.Uri;
        }
        MailServerException e = await Should.ThrowAsync<MailServerException>(ConnectAsync(closed));
        e.Code.ShouldBe(MailErrorCode.Unreachable);
        e.Status.ShouldBeNull();
        e.MayHaveBeenExecuted.ShouldBeFalse();
    }

    [Fact]
    public async Task Silence_is_a_timeout_and_nothing_is_sent_after_it()
    {
        await using var server = new TinyServer(null, answers: false);
        MailServerException e = await Should.ThrowAsync<MailServerException>(ConnectAsync(server.Uri, o => o with { OperationTimeout = TimeSpan.FromMilliseconds(200) }));
        e.Code.ShouldBe(MailErrorCode.TimedOut);
        server.Received.Split("GET ").Length.ShouldBe(2);
        server.Received.ShouldNotContain("POST ");
    }

    [Fact]
    public async Task A_cancelled_call_is_cancelled_and_no_server_error()
    {
        await using var server = new TinyServer(null, answers: false);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(s_cancellationToken);
        Task connecting = ConnectAsync(server.Uri, null, stop.Token);
        await server.FirstBytes;
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(connecting);
    }

    private static async Task ConnectAsync(Uri uri, Func<MailClientOptions, MailClientOptions>? change = null, CancellationToken? stop = null)
    {
        var options = new MailClientOptions { BaseUri = uri, RetryHandlerBuilder = IsolatedHttp.CreateRetryHandler, RetryInterval = TimeSpan.FromMilliseconds(1), NoProxy = true };
        using MailClient client = await MailClient.ConnectAsync(change?.Invoke(options) ?? options, MailCredential.FromPassword("jane", "secret"), stop ?? s_cancellationToken);
    }

    private static string CreateCompressed(string encoding, string body) =>
        $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: {encoding}\r\nConnection: close\r\nContent-Length: {body.Length}\r\n\r\n{body}";

    private static X509Certificate2 SelfSigned(string subject, bool expired = false)
    {
        using var key = RSA.Create(2048);
        using X509Certificate2 certificate = new CertificateRequest(subject, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-2), DateTimeOffset.UtcNow.AddDays(expired ? -1 : 1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
    }
}
