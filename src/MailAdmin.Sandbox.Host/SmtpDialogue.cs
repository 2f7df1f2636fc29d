using System.Text;

namespace MailAdmin.Sandbox.Host;

/// <summary>One SMTP connection: enough of RFC 5321 for a client without authentication. The envelope is judged when the message is there.</summary>
internal sealed class SmtpDialogue(SandboxServer server, Stream stream) : IDisposable
{
    private const int MaxMessageBytes = 64 * 1024 * 1024;

    // One byte a character: the message keeps its bytes.
    private readonly StreamReader _reader = new(stream, Encoding.Latin1, leaveOpen: true);
    private readonly List<string> _recipients = [];
    private string? _sender;

    public void Dispose() => _reader.Dispose();

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await ReplyAsync("220 mx.example.org ESMTP", cancellationToken).ConfigureAwait(false);
        while (await _reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            string verb = line.Split(' ', ':')[0].ToUpperInvariant();
            await ReplyAsync(await AnswerAsync(verb, line, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            if (verb == "QUIT")
            {
                return;
            }
        }
    }

    private async Task<string> AnswerAsync(string verb, string line, CancellationToken cancellationToken)
    {
        switch (verb)
        {
            case "EHLO" or "HELO":
                Reset();
                return "250 mx.example.org";
            case "MAIL":
                Reset();
                _sender = GetAddress(line);
                return _sender is null ? "501 5.5.4 No sender" : "250 2.1.0 OK";
            case "RCPT" when _sender is null:
                return "503 5.5.1 MAIL first";
            case "RCPT":
                if (GetAddress(line) is not { Length: > 0 } recipient)
                {
                    return "501 5.5.4 No recipient";
                }
                _recipients.Add(recipient);
                return "250 2.1.5 OK";
            case "DATA" when _recipients.Count == 0:
                return "503 5.5.1 RCPT first";
            case "DATA":
                await ReplyAsync("354 Go ahead", cancellationToken).ConfigureAwait(false);
                return await ReceiveAsync(cancellationToken).ConfigureAwait(false);
            case "RSET":
                Reset();
                return "250 2.0.0 OK";
            case "NOOP":
                return "250 2.0.0 OK";
            case "QUIT":
                return "221 2.0.0 Bye";
            default:
                return "502 5.5.1 Unknown command";
        }
    }

    private async Task<string> ReceiveAsync(CancellationToken cancellationToken)
    {
        var message = new StringBuilder();
        while (true)
        {
            string line = await _reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) ?? throw new EndOfStreamException();
            if (line == ".")
            {
                break;
            }
            message.Append(line.StartsWith('.') ? line.AsSpan(1) : line).Append("\r\n");
            if (message.Length > MaxMessageBytes)
            {
                throw new IOException("The message is too large.");
            }
        }
        string? refusal = server.Deliver(null, _sender!, _recipients, Encoding.Latin1.GetBytes(message.ToString()));
        Reset();
        return refusal ?? "250 2.0.0 Queued";
    }

    private void Reset()
    {
        _sender = null;
        _recipients.Clear();
    }

    /// <summary>What stands in angle brackets; null without them.</summary>
    private static string? GetAddress(string line)
    {
        int start = line.IndexOf('<', StringComparison.Ordinal), end = line.LastIndexOf('>');
        return start < 0 || end < start ? null : line[(start + 1)..end];
    }

    private ValueTask ReplyAsync(string reply, CancellationToken cancellationToken) => stream.WriteAsync(Encoding.ASCII.GetBytes(reply + "\r\n"), cancellationToken);
}
