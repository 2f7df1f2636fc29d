using System.Net.Sockets;
using System.Text;
using MailAdmin.Sandbox;
using MailAdmin.Sandbox.Host;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Sandbox;

public sealed class SmtpListenerTests : IAsyncLifetime
{
    private readonly SandboxServer _server = new(new SandboxOptions { Empty = true });
    private SmtpListener _listener = null!;
    private TcpClient _client = null!;
    private StreamReader _reader = null!;
    private StreamWriter _writer = null!;

    public async ValueTask InitializeAsync()
    {
        await _server.SendAsync("POST", "/api/principal", """{"type":"domain","name":"example.org"}""");
        await _server.SendAsync("POST", "/api/principal", """{"type":"individual","name":"jane","emails":["jane@example.org"]}""");
        await _server.SendAsync("PATCH", "/api/queue/status/stop");
        _listener = new SmtpListener(_server);
        _client = new TcpClient();
        await _client.ConnectAsync(_listener.EndPoint);
        _reader = new StreamReader(_client.GetStream(), Encoding.Latin1);
        _writer = new StreamWriter(_client.GetStream(), Encoding.Latin1) { NewLine = "\r\n", AutoFlush = true };
        (await _reader.ReadLineAsync()).ShouldStartWith("220 ");
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _listener.DisposeAsync();
    }

    [Fact]
    public async Task A_message_waits_in_the_queue_byte_for_byte()
    {
        await SayAsync("EHLO client.example.net", "MAIL FROM:<ann@sender.test> SIZE=100", "RCPT TO:<jane@example.org>", "DATA");
        (await SayAsync("From: ann@sender.test\r\nSubject: caf\u00c3\u00a9\r\n\r\n..two dots\r\nlast\r\n.")).ShouldStartWith("250 ");
        System.Text.Json.JsonElement message = (await _server.SendAsync("GET", "/api/queue/messages?values=1")).Data.GetProperty("items")[0];
        message.GetProperty("return_path").GetString().ShouldBe("ann@sender.test");
        CapturedResponse blob = await _server.SendAsync("GET", $"/api/store/blobs/{message.GetProperty("blob_hash").GetString()}");
        blob.Text.ShouldBe("From: ann@sender.test\r\nSubject: caf\u00e9\r\n\r\n.two dots\r\nlast");
    }

    [Theory]
    [InlineData("nobody@example.org", "550 mailbox does not exist")]
    [InlineData("info@elsewhere.test", "550 relay not allowed")]
    public async Task A_recipient_that_is_not_here_is_refused(string recipient, string reply)
    {
        await SayAsync("HELO client.example.net", "MAIL FROM:<>", $"RCPT TO:<{recipient}>", "DATA");
        (await SayAsync("Subject: x\r\n\r\nx\r\n.")).ShouldBe(reply);
        (await _server.SendAsync("GET", "/api/queue/messages")).Data.GetProperty("total").GetInt32().ShouldBe(0);
    }

    [Theory]
    [InlineData("503 ", "RCPT TO:<jane@example.org>")]
    [InlineData("503 ", "MAIL FROM:<a@sender.test>", "DATA")]
    [InlineData("503 ", "MAIL FROM:<a@sender.test>", "RCPT TO:<jane@example.org>", "RSET", "DATA")]
    [InlineData("501 ", "MAIL FROM:a@sender.test")]
    [InlineData("501 ", "MAIL FROM:<a@sender.test>", "RCPT TO:<>")]
    [InlineData("502 ", "VRFY jane")]
    [InlineData("221 ", "QUIT")]
    public async Task What_comes_out_of_order_is_answered_as_SMTP_does(string reply, params string[] lines) => (await SayAsync(lines)).ShouldStartWith(reply);

    [Fact]
    public void The_host_takes_mail_in_where_the_command_line_says_so()
    {
        HostArguments.Parse(["--smtp"]).TakesMail.ShouldBeTrue();
        HostArguments.Parse([]).TakesMail.ShouldBeFalse();
    }

    /// <summary>Sends lines one by one and returns the reply to the last.</summary>
    private async Task<string> SayAsync(params string[] lines)
    {
        string? reply = null;
        foreach (string line in lines)
        {
            await _writer.WriteLineAsync(line);
            reply = await _reader.ReadLineAsync();
        }

        return reply.ShouldNotBeNull();
    }
}
