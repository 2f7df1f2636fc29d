using System.Net.Http.Headers;
using MailAdmin.Client.Calls;

namespace MailAdmin.Client.Http;

/// <summary>Sends calls: builds the request, sends it through the pipeline, maps transport failures. Does not know what the answers mean.</summary>
internal sealed class ApiChannel(HttpClient client, ApiUri uri, int maxRetries, TimeProvider time, CancellationToken closed, BatchSender? batch = null)
{
    private static readonly MediaTypeHeaderValue s_json = new("application/json");
    private static readonly MediaTypeWithQualityHeaderValue s_events = new("text/event-stream");
    private static readonly TimeSpan s_livenessTimeout = TimeSpan.FromSeconds(10);

    public ApiUri Uri { get; } = uri;

    /// <summary>The clock of the connection.</summary>
    public TimeProvider Time { get; } = time;

    /// <summary>How many retries the user allows.</summary>
    public int MaxRetries { get; } = maxRetries;

    /// <summary>Version, edition and permissions; null until the sign-in has told them, and for a key that may not ask.</summary>
    public ServerInfo? Server { get; set; }

    /// <summary>Cancelled when the connection is closed: an answer that is still being read would not notice.</summary>
    public CancellationToken Closed { get; } = closed;

    /// <summary>How messages call the proxy on the way; null where there is none.</summary>
    public string? Proxy { get; init; }

    /// <summary>What is no error and must be told all the same.</summary>
    public WarningNotifier Warnings { get; private init; } = new();

    /// <summary>How long nothing of an answer may arrive that is read as it arrives.</summary>
    public TimeSpan IdleTimeout { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>Sends a call and reads <c>data</c>.</summary>
    public async Task<T> ReadAsync<T>(ApiRequestContext context, Uri target, DataReader<T> read, CancellationToken cancellationToken, byte[]? json = null, AuthenticationHeaderValue? authorization = null)
    {
        using ByteArrayContent? content = CreateJsonContent(json);
        return await ReadAsync(context, target, content, response => ResponseReader.ReadDataAsync(response, context, read, cancellationToken), cancellationToken, authorization).ConfigureAwait(false);
    }

    /// <summary>Sends a call whose success has no value.</summary>
    public Task SendAsync(ApiRequestContext context, Uri target, CancellationToken cancellationToken, byte[]? json = null) =>
        ReadAsync(context, target, DataReaders.ReadNull, cancellationToken, json);

    /// <summary>Sends a call and has its answer read. A write of which nobody can know whether it was done fails with <c>OutcomeUnknown</c>.</summary>
    public Task<T> ReadAsync<T>(ApiRequestContext context, Uri target, HttpContent? content, Func<HttpResponseMessage, Task<T>> read, CancellationToken cancellationToken, AuthenticationHeaderValue? authorization = null) =>
        OutcomeRules.SettleAsync(context, async () =>
        {
            using HttpResponseMessage response = await SendAsync(context, target, content, cancellationToken, authorization).ConfigureAwait(false);
            return await read(response).ConfigureAwait(false);
        });

    /// <summary>Sends a call that changes nothing; the answer, whatever its status, is the caller's to read and dispose.</summary>
    public Task<HttpResponseMessage> SendAsync(ApiRequestContext context, Uri target, HttpContent? content, CancellationToken cancellationToken, AuthenticationHeaderValue? authorization = null) => batch is null
        ? SendNowAsync(context, target, content, authorization, cancellationToken)
        : batch.SendAsync(context, () => SendNowAsync(context, target, content, authorization, cancellationToken), cancellationToken);

    /// <summary>The same channel for the calls of a batch.</summary>
    public ApiChannel ForBatch(BatchSender sender) => Copy(sender, Warnings);

    /// <summary>The same channel for calls of which nothing but their answer is told.</summary>
    public ApiChannel ForQuestions() => Copy(batch, new WarningNotifier());

    private ApiChannel Copy(BatchSender? sender, WarningNotifier warnings) => new(client, Uri, MaxRetries, Time, Closed, sender) { Server = Server, IdleTimeout = IdleTimeout, Proxy = Proxy, Warnings = warnings };

    private async Task<HttpResponseMessage> SendNowAsync(ApiRequestContext context, Uri target, HttpContent? content, AuthenticationHeaderValue? authorization, CancellationToken cancellationToken)
    {
        MissingRoutes.ThrowIfOfManagementApi(context.Operation, Server);
        using var request = new HttpRequestMessage(context.Operation.Method, target) { Content = content };
        request.Headers.Authorization = authorization;
        if (context.ReadsEvents)
        {
            request.Headers.Accept.Add(s_events);
        }
        context.Time = Time;
        context.Server = Server;
        context.IdleTimeout = IdleTimeout;
        context.Host = Uri.Base.Authority;
        context.Proxy = Proxy;
        context.Attach(request);
        try
        {
            return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && TransportErrorClassifier.Classify(e) != TransportError.None)
        {
            context.RecordLoss(null, e);
            throw TransportExceptions.Create(e, context);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Closing the client cancels what is in progress, waits included.
            throw ClosedConnection.Error();
        }
        finally
        {
            // The content may be sent again; it belongs to the caller.
            request.Content = null;
        }
    }

    /// <summary>Whether the server answers (GET /healthz/live). Whatever answers is a server; only a proxy that has none behind it says 502 or 503.</summary>
    public async Task<bool> IsAliveAsync(CancellationToken cancellationToken)
    {
        using var timeLimit = new TimeLimit(s_livenessTimeout, Time, cancellationToken);
        try
        {
            var context = new ApiRequestContext(Operations.CheckLiveness, RequestAuthentication.None) { IsSentOnce = true };
            using HttpResponseMessage response = await SendNowAsync(context, Uri.For(Operations.CheckLiveness), null, null, timeLimit.Token).ConfigureAwait(false);
            return !OutcomeRules.IsServerAway(response.StatusCode);
        }
        catch (MailServerException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>A body of JSON; null for none.</summary>
    public static ByteArrayContent? CreateJsonContent(byte[]? json) => json is null ? null : new ByteArrayContent(json) { Headers = { ContentType = s_json } };
}
