using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text;

namespace MailAdmin.Benchmarks;

/// <summary>
/// A server with more accounts than a sandbox would hold: it writes pages of accounts that exist nowhere, in the form of the sandbox's, and hands
/// every other call on to a sandbox.
/// </summary>
internal sealed class LargeDirectory : IDisposable
{
    private const int ChunkSize = 64 * 1024;
    private readonly HttpListener _listener = new();
    private readonly HttpClient _sandbox = new();
    private readonly Uri _sandboxAddress;
    private readonly long _count;
    private readonly Task _serving;

    public LargeDirectory(SandboxProcess sandbox, long count)
    {
        (_sandboxAddress, _count) = (sandbox.Address, count);
        Address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FindFreePort()}/"));
        _listener.Prefixes.Add(Address.ToString());
        _listener.Start();
        _serving = ServeAsync();
    }

    public Uri Address { get; }

    public void Dispose()
    {
        _listener.Close();
        _serving.Wait();
        _sandbox.Dispose();
    }

    private static int FindFreePort()
    {
        using var socket = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync().ConfigureAwait(false);
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
            _ = Task.Run(() => AnswerAsync(context));
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            if (context.Request is { HttpMethod: "GET", Url.AbsolutePath: "/api/principal" })
            {
                await WriteListAsync(context).ConfigureAwait(false);
            }
            else
            {
                await HandOnAsync(context).ConfigureAwait(false);
            }
            context.Response.Close();
        }
        catch (Exception e) when (e is HttpListenerException or IOException)
        {
            // Whoever wants three accounts hangs up.
            context.Response.Abort();
        }
    }

    private async Task WriteListAsync(HttpListenerContext context)
    {
        long page = Number("page"), limit = Number("limit");
        long first = limit == 0 ? 0 : Math.Min(_count, (page - 1) * limit);
        long end = limit == 0 ? _count : Math.Min(_count, first + limit);
        context.Response.ContentType = "application/json";
        var buffer = new ArrayBufferWriter<byte>(ChunkSize + 1024);
        Append(buffer, """{"data":{"items":[""");
        for (long i = first; i < end; i++)
        {
            string comma = i == first ? "" : ",";
            Append(buffer, string.Create(CultureInfo.InvariantCulture,
                $$"""{{comma}}{"id":{{i + 100}},"type":"individual","name":"person{{i:00000000}}","description":"{{BenchmarkAccounts.Description}}","quota":5368709120,"usedQuota":0,"emails":["person{{i:00000000}}@example.org"],"secrets":["$6$hash"],"roles":["user"]}"""));
            if (buffer.WrittenCount >= ChunkSize)
            {
                await FlushAsync().ConfigureAwait(false);
            }
        }
        Append(buffer, string.Create(CultureInfo.InvariantCulture, $$$"""],"total":{{{_count}}}}}"""));
        await FlushAsync().ConfigureAwait(false);

        long Number(string name) => long.TryParse(context.Request.QueryString[name], NumberStyles.None, CultureInfo.InvariantCulture, out long value) ? value : 0;

        async Task FlushAsync()
        {
            await context.Response.OutputStream.WriteAsync(buffer.WrittenMemory).ConfigureAwait(false);
            buffer.ResetWrittenCount();
        }
    }

    private async Task HandOnAsync(HttpListenerContext context)
    {
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.HttpMethod), new Uri(_sandboxAddress, context.Request.RawUrl));
        if (context.Request.HasEntityBody)
        {
            request.Content = new StreamContent(context.Request.InputStream);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", context.Request.ContentType);
        }
        request.Headers.TryAddWithoutValidation("Authorization", context.Request.Headers["Authorization"]);
        using HttpResponseMessage response = await _sandbox.SendAsync(request).ConfigureAwait(false);
        context.Response.StatusCode = (int)response.StatusCode;
        context.Response.ContentType = response.Content.Headers.ContentType?.ToString();
        byte[] body = await response.Content.ReadAsByteArrayAsync().ConfigureAwait(false);
        await context.Response.OutputStream.WriteAsync(body).ConfigureAwait(false);
    }

    private static void Append(ArrayBufferWriter<byte> buffer, string text) => Encoding.UTF8.GetBytes(text, buffer);
}
