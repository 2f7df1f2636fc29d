using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;

namespace MailAdmin.Live;

/// <summary>One call that the module made, and what the server answered: as it was on the wire.</summary>
public sealed class WireCall
{
    private readonly StringBuilder _answer = new();

    public WireCall(string method, string target) => (Method, Target) = (method, target);

    public string Method { get; }

    /// <summary>Path and query as they were sent.</summary>
    public string Target { get; }

    public byte[] Body { get; internal set; } = [];

    /// <summary>0 until there is an answer.</summary>
    public int Status { get; private set; }

    /// <summary>The answer from its status line on, one byte a character, at most 16 KiB of it.</summary>
    public string Answer
    {
        get
        {
            lock (_answer)
            {
                return _answer.ToString();
            }
        }
    }

    public string Path => Target.Split('?')[0];

    internal void Append(ReadOnlySpan<byte> bytes)
    {
        lock (_answer)
        {
            if (_answer.Length < 16 * 1024)
            {
                _answer.Append(Encoding.Latin1.GetString(bytes));
            }
            if (Status == 0 && _answer.Length >= 12 && int.TryParse(_answer.ToString(9, 3), out int status))
            {
                Status = status;
            }
        }
    }
}

/// <summary>
/// Stands between the module and the server, on a free port of loopback, and notes what is sent and answered. It changes nothing but
/// the Host header. So a call without an effect that can be seen is still proved by something else than the module.
/// </summary>
public sealed class Wire : IDisposable
{
    private readonly Uri _server;
    private readonly bool _skipCertificateCheck;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<WireCall> _calls = [];

    public Wire(Uri server, bool skipCertificateCheck)
    {
        (_server, _skipCertificateCheck) = (server, skipCertificateCheck);
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>What the module connects to: the server's path on this port.</summary>
    public string Address => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}{_server.AbsolutePath.TrimEnd('/')}";

    public WireCall[] GetCalls(int skip)
    {
        lock (_calls)
        {
            return _calls.GetRange(skip, _calls.Count - skip).ToArray();
        }
    }

    public int Count
    {
        get
        {
            lock (_calls)
            {
                return _calls.Count;
            }
        }
    }

    public void Dispose() => _listener.Stop();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                TcpClient client = await _listener.AcceptTcpClientAsync();
                _ = RelayAsync(client);
            }
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task RelayAsync(TcpClient client)
    {
        using TcpClient near = client;
        using var far = new TcpClient();
        try
        {
            near.NoDelay = far.NoDelay = true;
            await far.ConnectAsync(_server.Host.Trim('[', ']'), _server.Port);
            Stream up = far.GetStream();
            if (_server.Scheme == Uri.UriSchemeHttps)
            {
                var tls = new SslStream(up, false, _skipCertificateCheck ? (_, _, _, _) => true : null);
                await tls.AuthenticateAsClientAsync(_server.Host);
                up = tls;
            }
            var current = new WireCall[1];
            Stream down = near.GetStream();
            await Task.WhenAny(ForwardRequestsAsync(down, up, current), ForwardAnswersAsync(up, down, current));
        }
        catch (Exception ended) when (ended is IOException or SocketException or ObjectDisposedException or System.Security.Authentication.AuthenticationException)
        {
            // Both connections are closed, which is what the module then sees.
        }
    }

    private async Task ForwardRequestsAsync(Stream from, Stream to, WireCall[] current)
    {
        var reader = new ByteReader(from);
        while (await reader.ReadHeadAsync() is { } head)
        {
            string[] start = head[..head.IndexOf('\r')].Split(' ');
            var call = new WireCall(start[0], start[1]);
            head = Regex.Replace(head, "(?im)^Host:[^\r\n]*", $"Host: {_server.Authority}");
            byte[] body = await reader.ReadBodyAsync(head);
            call.Body = ByteReader.IsChunked(head) ? ByteReader.Unchunk(body) : body;
            Volatile.Write(ref current[0], call);
            lock (_calls)
            {
                _calls.Add(call);
            }
            await to.WriteAsync(Encoding.Latin1.GetBytes(head));
            await to.WriteAsync(body);
            await to.FlushAsync();
        }
    }

    private static async Task ForwardAnswersAsync(Stream from, Stream to, WireCall[] current)
    {
        var buffer = new byte[32 * 1024];
        while (await from.ReadAsync(buffer) is var read and > 0)
        {
            Volatile.Read(ref current[0])?.Append(buffer.AsSpan(0, read));
            await to.WriteAsync(buffer.AsMemory(0, read));
            await to.FlushAsync();
        }
    }
}

/// <summary>Reads requests of HTTP/1.1 from a connection, one after the other.</summary>
internal sealed class ByteReader
{
    private readonly Stream _stream;
    private readonly List<byte> _ahead = [];
    private readonly byte[] _buffer = new byte[32 * 1024];

    public ByteReader(Stream stream) => _stream = stream;

    public static bool IsChunked(string head) => Regex.IsMatch(head, "(?im)^Transfer-Encoding:.*chunked");

    /// <summary>The head with the empty line that ends it; null at the end of the connection.</summary>
    public async Task<string> ReadHeadAsync()
    {
        int end;
        while ((end = Find("\r\n\r\n", 0)) < 0)
        {
            if (!await FillAsync())
            {
                return null;
            }
        }
        return Take(end + 4);
    }

    /// <summary>The body as it is sent, chunks included.</summary>
    public async Task<byte[]> ReadBodyAsync(string head)
    {
        if (!IsChunked(head))
        {
            Match length = Regex.Match(head, @"(?im)^Content-Length:\s*(\d+)");
            return Encoding.Latin1.GetBytes(await TakeAsync(length.Success ? int.Parse(length.Groups[1].Value) : 0));
        }
        var body = new StringBuilder();
        while (true)
        {
            string size = await TakeLineAsync();
            body.Append(size);
            int count = Convert.ToInt32(size.Split(';')[0].Trim(), 16);
            body.Append(await TakeAsync(count)).Append(await TakeLineAsync());
            if (count == 0)
            {
                return Encoding.Latin1.GetBytes(body.ToString());
            }
        }
    }

    public static byte[] Unchunk(byte[] body)
    {
        string text = Encoding.Latin1.GetString(body);
        var whole = new StringBuilder();
        for (int at = 0; at < text.Length;)
        {
            int end = text.IndexOf("\r\n", at, StringComparison.Ordinal);
            int count = Convert.ToInt32(text[at..end].Split(';')[0].Trim(), 16);
            whole.Append(text, end + 2, count);
            at = end + 2 + count + 2;
        }
        return Encoding.Latin1.GetBytes(whole.ToString());
    }

    private async Task<string> TakeLineAsync()
    {
        int end;
        while ((end = Find("\r\n", 0)) < 0)
        {
            if (!await FillAsync())
            {
                throw new EndOfStreamException();
            }
        }
        return Take(end + 2);
    }

    private async Task<string> TakeAsync(int count)
    {
        while (_ahead.Count < count)
        {
            if (!await FillAsync())
            {
                throw new EndOfStreamException();
            }
        }
        return Take(count);
    }

    private string Take(int count)
    {
        string taken = Encoding.Latin1.GetString(_ahead.GetRange(0, count).ToArray());
        _ahead.RemoveRange(0, count);
        return taken;
    }

    private int Find(string text, int from)
    {
        for (int i = from; i <= _ahead.Count - text.Length; i++)
        {
            int j = 0;
            while (j < text.Length && _ahead[i + j] == text[j])
            {
                j++;
            }
            if (j == text.Length)
            {
                return i;
            }
        }
        return -1;
    }

    private async Task<bool> FillAsync()
    {
        int read = await _stream.ReadAsync(_buffer);
        for (int i = 0; i < read; i++)
        {
            _ahead.Add(_buffer[i]);
        }
        return read > 0;
    }
}
