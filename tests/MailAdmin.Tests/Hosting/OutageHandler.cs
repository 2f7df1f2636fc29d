using MailAdmin.Sandbox;

namespace MailAdmin.Tests.Hosting;

/// <summary>
/// The way to a sandbox that goes away in the middle of the work: the answer to one write is lost, although the server has executed it, and nothing gets
/// through until it was asked for life a few times.
/// </summary>
internal sealed class OutageHandler(SandboxServer server, int writesBefore, int checksUntilBack) : DelegatingHandler(server.CreateHandler())
{
    private int _writes;
    private int _checks;
    private volatile bool _isAway;

    /// <summary>How often the server was asked for life.</summary>
    public int Checks => _checks;

    /// <summary>How many calls were sent while the server was away, questions for life apart.</summary>
    public int CallsWhileAway { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        bool isCheck = request.RequestUri!.AbsolutePath == "/healthz/live";
        if (isCheck && Interlocked.Increment(ref _checks) >= checksUntilBack)
        {
            _isAway = false;
        }
        if (_isAway)
        {
            if (!isCheck)
            {
                CallsWhileAway++;
            }
            throw new HttpRequestException(HttpRequestError.ConnectionError, "refused");
        }
        HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
        bool isWrite = request.Method != HttpMethod.Get && !request.RequestUri.AbsolutePath.Contains("oauth", StringComparison.Ordinal)
            && !request.RequestUri.AbsolutePath.StartsWith("/auth/", StringComparison.Ordinal);
        if (isWrite && Interlocked.Increment(ref _writes) == writesBefore + 1)
        {
            _isAway = true;
            response.Dispose();
            throw new HttpRequestException(HttpRequestError.ResponseEnded, "lost");
        }
        return response;
    }
}
