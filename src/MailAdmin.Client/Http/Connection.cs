// Everything between the resources and the wire, put together once per connection.
using System.Globalization;
using MailAdmin.Client.Calls;

namespace MailAdmin.Client.Http;

/// <summary>The parts of one connection, and their end.</summary>
internal sealed class Connection : IDisposable
{
    private readonly IDisposable _lifetime;
    private readonly CancellationTokenSource _closing;

    private Connection(ApiChannel channel, SessionHolder session, AccountLimits limits, Waits waits, TimeProvider time, IDisposable lifetime, CancellationTokenSource closing) =>
        (Channel, Session, Limits, Waits, Time, _lifetime, _closing) = (channel, session, limits, waits, time, lifetime, closing);

    public ApiChannel Channel { get; }
    public SessionHolder Session { get; }
    public AccountLimits Limits { get; }
    public Waits Waits { get; }
    public TimeProvider Time { get; }

    public static Connection Open(MailClientOptions options, ApiUri uri)
    {
        var session = new SessionHolder();
        var limits = new AccountLimits();
        var waits = new Waits(options.OnWait);
        HttpClient client = options.HttpClientBuilder(Parts(options, session, limits, waits), out IDisposable lifetime);
        client.DefaultRequestHeaders.UserAgent.ParseAdd(UserAgent);
        client.DefaultRequestHeaders.Accept.ParseAdd("application/json, */*;q=0.5");
        var closing = new CancellationTokenSource();
        var channel = new ApiChannel(client, uri, options.MaximumRetryCount, closing.Token);
        return new Connection(channel, session, limits, waits, options.Time, lifetime, closing);
    }

    public void Dispose()
    {
        Session.Forget();
        _closing.Cancel();
        _lifetime.Dispose();
        _closing.Dispose();
    }

    private static string UserAgent { get; } = $"MailAdmin/{typeof(Connection).Assembly.GetName().Version?.ToString(3) ?? "0"}";

    private static HttpPipelineParts Parts(MailClientOptions options, SessionHolder session, AccountLimits limits, Waits waits) => new()
    {
        PrimaryHandler = options.Transport ?? (() => SocketTransport.Create(options)),
        // Outermost first. The pacing counts each call once; the window holds only calls that have their turn; the token is put on last.
        Handlers =
        [
            () => new BufferingHandler(options.OperationTimeout, options.Time),
            () => new PacingHandler(limits, waits, options.Time),
            () => new ConcurrencyHandler(limits, options.Time),
            () => new AuthenticationHandler(session),
            () => new RedirectHandler(),
        ],
        RetryDelay = new RetryRules(options.RetryInterval, options.Time).Delay,
        OnRetry = (request, attempt, delay) => waits.Announce(RetryReason(request, attempt), delay, WaitKind.Retry),
        MaximumRetries = options.MaximumRetryCount,
        AttemptTimeout = options.OperationTimeout,
        Time = options.Time,
    };

    private static string RetryReason(HttpRequestMessage request, int attempt) =>
        string.Create(CultureInfo.InvariantCulture, $"{Call.Of(request)?.Operation ?? "The call"} failed on the way; it is sent again (retry {attempt + 1}).");
}
