using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using MailAdmin.Client.Calls;
using MailAdmin.Client.Http;

namespace MailAdmin.Client.Jmap;

/// <summary>
/// Calls the methods of a server from 0.16 on (POST /jmap): in as few requests as its limits allow, always at the address that the user gave. What happens to a
/// request on its way is up to the <see cref="ApiChannel"/>.
/// </summary>
internal sealed class JmapChannel
{
    private const string IdProperty = "id";
    private const int MaxPageSize = 500;

    // Where nothing is handed in.
    private const string NoBlobId = "none";

    // What a query gives at most unless the server is set up otherwise.
    private const int MaxIdPageSize = 5000;
    private static readonly MediaTypeHeaderValue s_json = new("application/json");
    private readonly ApiChannel _channel;
    private readonly GatheredReads _reads;

    /// <param name="channel">Sends the requests.</param>
    /// <param name="session">Whose the session is.</param>
    public JmapChannel(ApiChannel channel, JmapSession session) =>
        (_channel, Session, _reads) = (channel, session, new GatheredReads((calls, cancellationToken) => SendNowAsync(calls, [], cancellationToken), session.Limits));

    /// <summary>Whose the session is.</summary>
    public JmapSession Session { get; }

    /// <summary>What the signed-in account may do.</summary>
    public KnownPermissions Permissions => new(_channel.Server, Session);

    /// <summary>Tells what would become of writes, where none is sent; null where they are.</summary>
    public IWriteForecast? Forecast { get; init; }

    /// <summary>Tells people what is no error.</summary>
    public void Warn(string message) => _channel.Warnings.Warn(message);

    /// <summary>The same over another channel.</summary>
    public JmapChannel With(ApiChannel other) => new(other, Session) { Forecast = Forecast };

    /// <summary>
    /// Sends calls. Afterwards each has its result, or the error of its method. Calls that only read may share their request with those of others that wait.
    /// </summary>
    /// <param name="calls">The calls, in the order in which the server is to do them.</param>
    /// <param name="cancellationToken">Cancels what is not answered yet.</param>
    /// <param name="secrets">Secrets in the calls, which no message may contain.</param>
    /// <exception cref="MailServerException">A request got no answer, or was refused as a whole; <c>OutcomeUnknown</c> where it may have changed something.</exception>
    public Task SendAsync(IReadOnlyList<JmapCall> calls, CancellationToken cancellationToken, IReadOnlyList<string>? secrets = null) =>
        secrets is null && calls.Count > 0 && !calls.Any(call => call.ChangesServer) ? _reads.SendAsync(calls, cancellationToken) : SendNowAsync(calls, secrets, cancellationToken);

    /// <summary>The same of calls that fit into one request, which is marked by a part of a query: the server ignores it, and writes it into its log.</summary>
    public Task SendAsync(IReadOnlyList<JmapCall> calls, KeyValuePair<string, string?> mark, CancellationToken cancellationToken) =>
        SendAsync(Prepare(calls).Single(), cancellationToken, secrets: null, mark);

    /// <summary>Puts calls into requests, and sends none of them.</summary>
    /// <exception cref="MailServerException"><c>RejectedByClient</c>: a call holds what must not be sent.</exception>
    public IReadOnlyList<JmapRequest> Prepare(IReadOnlyList<JmapCall> calls) => JmapRequest.Create(calls, Session.Limits);

    /// <summary>Sends one request.</summary>
    public async Task SendAsync(JmapRequest request, CancellationToken cancellationToken, IReadOnlyList<string>? secrets = null, KeyValuePair<string, string?>? mark = null)
    {
        if (Forecast is not null && request.ChangesServer)
        {
            throw new InvalidOperationException("A dry run sends no write.");
        }
        var context = new ApiRequestContext(Operations.CallJmap)
        {
            Idempotency = request.ChangesServer ? Idempotency.NotIdempotent : Idempotency.Idempotent,
            ChangesServer = request.ChangesServer,
            Action = string.Join(", ", request.Calls.Select(call => call.Method).Distinct()),
            Secrets = secrets ?? [],
        };
        using var content = new ByteArrayContent(request.Body) { Headers = { ContentType = s_json } };
        long start = _channel.Time.GetTimestamp();
        await _channel.ReadAsync(
            context,
            mark is { } given ? _channel.Uri.ForQuery(Operations.CallJmap, [given]) : _channel.Uri.For(Operations.CallJmap),
            content,
            response => ResponseReader.ReadUnwrappedAsync(response, context, ReadAnswers, cancellationToken),
            cancellationToken).ConfigureAwait(false);
        Session.SetConcurrency.RecordAnswer(_channel.Time.GetElapsedTime(start), isFullSet: request.Calls is [SetCall { Count: >= GatheredWrites.MaxChanges }]);

        bool ReadAnswers(ref Utf8JsonReader reader)
        {
            JmapResponse.Read(ref reader, request.Calls, Permissions, context);
            return true;
        }
    }

    /// <summary>Objects by their ids, however many.</summary>
    /// <param name="type">The type, such as <c>x:Account</c>.</param>
    /// <param name="ids">The ids.</param>
    /// <param name="read">Reads an object.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <param name="properties">The properties to answer; null = all.</param>
    /// <param name="accountId">The account whose objects they are, where it is not the caller.</param>
    public async Task<GetAnswer<T>> GetAsync<T>(
        string type, IReadOnlyCollection<string> ids, Func<JsonElement, T> read, CancellationToken cancellationToken, IReadOnlyList<string>? properties = null, string? accountId = null)
    {
        GetCall<T>[] calls = [.. ids.Distinct(StringComparer.Ordinal).Chunk(Session.Limits.MaxObjectsInGet)
            .Select(chunk => new GetCall<T>(type, read) { Ids = chunk, Properties = properties, AccountId = accountId })];
        // A full one is enough for a request.
        await Task.WhenAll(calls.Select(call => call.Ids!.Count == Session.Limits.MaxObjectsInGet ? SendNowAsync([call], null, cancellationToken) : SendAsync([call], cancellationToken))).ConfigureAwait(false);
        return new GetAnswer<T>([.. calls.SelectMany(call => call.Result.Items)], [.. calls.SelectMany(call => call.Result.Missing)]);
    }

    /// <summary>The objects of a type, page by page as they are read: by ascending id unless <paramref name="form"/> says otherwise.</summary>
    /// <param name="type">The type, such as <c>x:Account</c>; one that is sorted by its ids.</param>
    /// <param name="read">Reads an object.</param>
    /// <param name="filter">Writes the members of the filter; null = all of them.</param>
    /// <param name="properties">The properties to answer; null = all.</param>
    /// <param name="accountId">The account whose objects they are, where it is not the caller.</param>
    /// <param name="form">How its pages are asked for; null = as those of stored objects.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    public async IAsyncEnumerable<T> ListAsync<T>(
        string type, Func<JsonElement, T> read, Action<Utf8JsonWriter>? filter = null, IReadOnlyList<string>? properties = null, string? accountId = null, QueryForm? form = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        int pageSize = Math.Min(MaxPageSize, Session.Limits.MaxObjectsInGet);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<ObjectPage<T>>? next = GetPageAsync(null);
        try
        {
            while (next is not null)
            {
                ObjectPage<T> page = await next.ConfigureAwait(false);
                next = null;
                foreach ((int place, T item) in page.Items.Index())
                {
                    // Who takes the first few only wants no more; for the others each page is on its way while they work on the one before.
                    if (place == (page.IsFirst ? page.Items.Count / 2 : 0) && page.NextAnchor is not null)
                    {
                        next = GetPageAsync(page.NextAnchor);
                    }
                    yield return item;
                }
                // All of a page may have been removed since it was found.
                next ??= page.Items.Count == 0 && page.NextAnchor is not null ? GetPageAsync(page.NextAnchor) : null;
            }
        }
        finally
        {
            if (next is not null)
            {
                await ending.CancelAsync().ConfigureAwait(false);
                await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        async Task<ObjectPage<T>> GetPageAsync(string? anchor)
        {
            var query = new QueryCall(type) { Filter = filter, Form = form ?? QueryForm.Stored, Limit = pageSize, Anchor = anchor, AccountId = accountId };
            var get = new GetCall<T>(type, read) { Query = query, Properties = properties, AccountId = accountId };
            // First pages of several lists may share a request.
            await (anchor is null ? SendAsync([query, get], ending.Token) : SendNowAsync([query, get], null, ending.Token)).ConfigureAwait(false);
            string? following = await FindNextAnchorAsync(query, ending.Token).ConfigureAwait(false);
            return new ObjectPage<T>(get.Result.Items, anchor is null, following);
        }
    }

    /// <summary>The ids of the objects of a type, rising unless <paramref name="form"/> says otherwise.</summary>
    /// <param name="type">The type, such as <c>x:DmarcExternalReport</c>; one that is sorted by its ids.</param>
    /// <param name="filter">Writes the members of the filter; null = all of them.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <param name="accountId">The account whose objects they are, where it is not the caller.</param>
    /// <param name="form">How its pages are asked for; null = as those of stored objects.</param>
    /// <param name="first">How many are wanted at most; null = all.</param>
    public async Task<IReadOnlyList<string>> ListIdsAsync(
        string type, Action<Utf8JsonWriter>? filter, CancellationToken cancellationToken, string? accountId = null, QueryForm? form = null, long? first = null)
    {
        var ids = new List<string>();
        string? anchor = null;
        do
        {
            int limit = (int)Math.Clamp((first ?? long.MaxValue) - ids.Count, 1, MaxIdPageSize);
            var query = new QueryCall(type) { Filter = filter, Form = form ?? QueryForm.Stored, Limit = limit, Anchor = anchor, AccountId = accountId };
            await SendAsync([query], cancellationToken).ConfigureAwait(false);
            ids.AddRange(query.Result.Ids);
            anchor = await FindNextAnchorAsync(query, cancellationToken).ConfigureAwait(false);
        }
        while (anchor is not null && !(ids.Count >= first));
        return ids;
    }

    /// <summary>Hands in bytes that a method is to use (POST /jmap/upload/{account}/). What no object uses is gone after a while, so it may be sent again.</summary>
    /// <param name="content">The bytes.</param>
    /// <param name="mediaType">What they are, such as <c>message/rfc822</c>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The id by which a method finds them.</returns>
    public async Task<string> UploadAsync(byte[] content, string mediaType, CancellationToken cancellationToken)
    {
        if (Forecast is not null)
        {
            return NoBlobId;
        }
        var context = new ApiRequestContext(Operations.UploadBlob);
        using var body = new ByteArrayContent(content) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } };
        return await _channel.ReadAsync(
            context,
            _channel.Uri.For(Operations.UploadBlob, Session.AccountId),
            body,
            response => ResponseReader.ReadUnwrappedAsync(response, context, ReadBlobId, cancellationToken),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Which of these objects do not exist.</summary>
    public async Task<IReadOnlyList<string>> FindMissingAsync(string type, IReadOnlyCollection<string> ids, CancellationToken cancellationToken, string? accountId = null) =>
        (await GetAsync(type, ids, static item => item.ValueKind, cancellationToken, [IdProperty], accountId).ConfigureAwait(false)).Missing;

    /// <summary>
    /// Whether no more is found than the answer of a query has. A smaller page than was asked for is the last one, unless the server finds no more at a time, whatever is
    /// asked for; null where it is that, or not, and the account may not read the server's limit.
    /// </summary>
    public async ValueTask<bool?> IsLastPageAsync(QueryCall query, CancellationToken cancellationToken)
    {
        int count = query.Result.Ids.Count;
        if (count == 0 || count >= query.Limit)
        {
            return count == 0;
        }
        return await Session.QueryLimit.GetAsync(this, cancellationToken).ConfigureAwait(false) is { } limit ? count < limit : null;
    }

    internal static string ReadBlobId(ref Utf8JsonReader reader) =>
        JsonElement.ParseValue(ref reader).GetProperty("blobId").GetString() is { Length: > 0 } id ? id : throw new JsonException("There is no id of the bytes in the answer.");

    /// <summary>The same in requests of their own.</summary>
    public async Task SendNowAsync(IReadOnlyList<JmapCall> calls, IReadOnlyList<string>? secrets, CancellationToken cancellationToken)
    {
        foreach (JmapRequest request in Prepare(calls))
        {
            await SendAsync(request, cancellationToken, secrets).ConfigureAwait(false);
        }
    }

    /// <summary>After which id the next page begins; null where this one is the last.</summary>
    private async ValueTask<string?> FindNextAnchorAsync(QueryCall query, CancellationToken cancellationToken)
    {
        if (query.Result.Ids is not [.., var last])
        {
            return null;
        }
        if (last == query.Anchor)
        {
            throw new MailServerException(MailErrorCode.UnexpectedResponse, Operations.CallJmap, "The server sends the same page of a list again and again.");
        }
        // Where it is not known, the next page tells.
        return await IsLastPageAsync(query, cancellationToken).ConfigureAwait(false) == true ? null : last;
    }

    private sealed record ObjectPage<T>(IReadOnlyList<T> Items, bool IsFirst, string? NextAnchor);
}
