using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MailAdmin.Client.Authentication;

/// <summary>
/// Waits on this machine for the browser that the sign-in page sends back (RFC 8252, 7.3): on the loopback address alone, at a free port, for one answer with the right state. Whatever
/// else comes is refused and changes nothing: any page in any browser can send requests here.
/// </summary>
internal sealed class RedirectListener : IAsyncDisposable
{
    /// <summary>What a client registers, with any port.</summary>
    private const string Path = "/callback";

    // A browser sends the cookies of all ports of this machine along.
    private const int MaxHeadBytes = 64 * 1024;

    // Browsers open connections in advance, and may never use them.
    private static readonly TimeSpan s_requestTimeout = TimeSpan.FromSeconds(30);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly TaskCompletionSource<AuthorizationResponse> _response = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _end = new();
    private readonly string _state;
    private readonly TimeProvider _time;
    private readonly Task _accepting;
    private int _refused;
    private int _answered;

    /// <summary>Starts to listen.</summary>
    /// <param name="state">What the answer has to repeat.</param>
    /// <param name="time">The clock for requests that do not come to an end.</param>
    public RedirectListener(string state, TimeProvider time)
    {
        (_state, _time) = (state, time);
        _listener.ExclusiveAddressUse = true;
        _listener.Start();
        RedirectUri = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}{Path}");
        _accepting = AcceptAsync();
    }

    /// <summary>Where the page is to send the browser.</summary>
    public Uri RedirectUri { get; }

    /// <summary>The answer. The browser has got its page by then.</summary>
    public Task<AuthorizationResponse> Response => _response.Task;

    /// <summary>How many requests looked like an answer and were none.</summary>
    public int RefusedCount => Volatile.Read(ref _refused);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        _listener.Dispose();
        await _accepting.ConfigureAwait(false);
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                // One connection must not wait for another one.
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token).ConfigureAwait(false));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // It is over, or the system no longer lets it listen: then the time limit ends the sign-in.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                using var timeout = new CancellationTokenSource(s_requestTimeout, _time);
                using var end = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, _end.Token);
                NetworkStream stream = client.GetStream();
                if (await ReadRequestLineAsync(stream, end.Token).ConfigureAwait(false) is { } line)
                {
                    await AnswerAsync(stream, line.Split(' '), end.Token).ConfigureAwait(false);
                }
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // The browser has gone, or has said nothing.
            }
        }
    }

    private async Task AnswerAsync(NetworkStream stream, string[] request, CancellationToken cancellationToken)
    {
        (AuthorizationResponse? response, byte[] page) = Handle(request);
        try
        {
            await stream.WriteAsync(page, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // Also where the browser did not wait for its page.
            if (response is not null)
            {
                _response.TrySetResult(response);
            }
        }
    }

    private (AuthorizationResponse? Response, byte[] Page) Handle(string[] request)
    {
        if (request is not [var method, ['/', ..] target, ['H', 'T', 'T', 'P', '/', '1', ..]])
        {
            return (null, RedirectPage.BadRequest);
        }
        string[] parts = target.Split('?', 2);
        if (parts[0] != Path)
        {
            return (null, RedirectPage.NotFound);
        }
        if (method != "GET")
        {
            return (null, RedirectPage.MethodNotAllowed);
        }
        if (AuthorizationResponse.Parse(parts.Length > 1 ? parts[1] : "", _state) is not { } response)
        {
            Interlocked.Increment(ref _refused);
            return (null, RedirectPage.Stray);
        }
        return Interlocked.Exchange(ref _answered, 1) == 0
            ? (response, response.Code is null ? RedirectPage.Refused : RedirectPage.SignedIn)
            : (null, RedirectPage.AlreadyAnswered);
    }

    // To the end of the headers, though the first line is enough: what is left unread would cost the browser its answer.
    private static async Task<string?> ReadRequestLineAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[MaxHeadBytes];
        int length = 0;
        while (buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8) < 0)
        {
            int read = length == buffer.Length ? 0 : await stream.ReadAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                return null;
            }
            length += read;
        }
        return Encoding.ASCII.GetString(buffer, 0, buffer.AsSpan(0, length).IndexOf("\r\n"u8));
    }
}
