using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http;

namespace MailAdmin.Isolated.Http;

/// <summary>
/// Builds the HttpClient of one connection: retry, then the caller's handlers, then the attempt's timeout, then the network.
/// The timeout is innermost so that the waits of a handler (for a free slot, for the next minute) do not count.
/// </summary>
public static class HttpPipeline
{
    private const string ClientName = "mail";

    /// <summary>
    /// Creates the client. Requests with content must be sendable twice (ByteArrayContent and the like).
    /// An attempt that timed out is an <see cref="HttpRequestException"/> with a <see cref="TimeoutException"/> inside;
    /// the caller's own cancellation stays an <see cref="OperationCanceledException"/>.
    /// </summary>
    /// <param name="options">The parts of the pipeline.</param>
    /// <param name="lifetime">Closes the client, its handlers and their sockets.</param>
    public static HttpClient Create(HttpPipelineOptions options, out IDisposable lifetime)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegative(options.MaxRetries);
        var owned = new OwnedHandlers();
        ServiceProvider services = BuildServices(options, owned);
        HttpClient client = services.GetRequiredService<IHttpClientFactory>().CreateClient(ClientName);
        owned.Complete(client, services);
        lifetime = owned;
        return client;
    }

    private static ServiceProvider BuildServices(HttpPipelineOptions options, OwnedHandlers owned)
    {
        var services = new ServiceCollection();
        IHttpClientBuilder builder = services.AddHttpClient(ClientName)
            .ConfigureHttpClient(static client => client.Timeout = Timeout.InfiniteTimeSpan)
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(() => owned.Add(options.PrimaryHandler()))
            .RemoveAllLoggers();
        if (options.MaxRetries > 0)
        {
            builder.AddHttpMessageHandler(() => owned.Add(new RetryHandler(options)));
        }

        foreach (Func<DelegatingHandler> handler in options.Handlers)
        {
            builder.AddHttpMessageHandler(() => owned.Add(handler()));
        }

        if (options.AttemptTimeout != Timeout.InfiniteTimeSpan)
        {
            builder.AddHttpMessageHandler(() => owned.Add(new AttemptTimeoutHandler(options.AttemptTimeout, options.Time)));
        }

        // The factory's own filters log every URL and meter every call; a client that sends secrets must do neither.
        services.RemoveAll<IHttpMessageHandlerBuilderFilter>();
        return services.BuildServiceProvider();
    }
}
