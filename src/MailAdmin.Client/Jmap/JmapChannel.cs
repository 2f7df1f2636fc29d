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
internal sealed class JmapChannel(ApiChannel channel, JmapSession session)
{
    private const string IdProperty = "id";
    private const int MaxPageSize = 500;

    // What a query gives at most unless the server is set up otherwise.
    private const int MaxIdPageSize = 5000;
    private static readonly MediaTypeHeaderValue s_json = new("application/json");

    /// <summary>Whose the session is.</summary>
    public JmapSession Session { get; } = session;

    /// <summary>The same over another channel.</summary>
    public JmapChannel With(ApiChannel other) => new(other, Session);

    /// <summary>Sends calls. Afterwards each has its result, or the error of its method.</summary>
    /// <param name="calls">The calls, in the order in which the server is to do them.</param>
    /// <param name="cancellationToken">Cancels what is not answered yet.</param>
    /// <param name="secrets">Secrets in the calls, which no message may contain.</param>
    /// <exception cref="MailServerException">A request got no answer, or was refused as a whole; <c>OutcomeUnknown</c> where it may have changed something.</exception>
    public async Task SendAsync(IReadOnlyList<JmapCall> calls, CancellationToken cancellationToken, IReadOnlyList<string>? secrets = null)
    {
        foreach (JmapRequest request in Prepare(calls))
        {
            await SendAsync(request, cancellationToken, secrets).ConfigureAwait(false);
        }
    }

    /// <summary>The same of calls that fit into one request, which is marked by a part of a query: the server ignores it, and writes it into its log.</summary>
    public Task SendAsync(IReadOnlyList<JmapCall> calls, KeyValuePair<string, string?> mark, CancellationToken cancellationToken) =>
        SendAsync(Prepare(calls).Single(), cancellationToken, secrets: null, mark);

    /// <summary>Puts calls into requests, and sends none of them.</summary>
    /// <exception cref="MailServerException"><c>RejectedByClient</c>: a call holds what must not be sent.</exception>
    public IReadOnlyList<JmapRequest> Prepare(IReadOnlyList<JmapCall> calls) => JmapRequest.Create(calls, Session.Limits);

    /// <summary>Sends one request.</summary>
    public async Task SendAsync(JmapRequest request, CancellationToken cancellationToken, IReadOnlyList<string>? secrets = null, KeyValuePair<string, string?>? mark = null)
    {
        var context = new ApiRequestContext(Operations.CallJmap)
        {
            Idempotency = request.ChangesServer ? Idempotency.NotIdempotent : Idempotency.Idempotent,
            ChangesServer = request.ChangesServer,
            Action = string.Join(", ", request.Calls.Select(call => call.Method).Distinct()),
            Secrets = secrets ?? [],
        };
        using var content = new ByteArrayContent(request.Body) { Headers = { ContentType = s_json } };
        await channel.ReadAsync(
            context,
            mark is { } given ? channel.Uri.ForQuery(Operations.CallJmap, [given]) : channel.Uri.For(Operations.CallJmap),
            content,
            response => ResponseReader.ReadUnwrappedAsync(response, context, ReadAnswers, cancellationToken),
            cancellationToken).ConfigureAwait(false);

        bool ReadAnswers(ref Utf8JsonReader reader)
        {
            JmapResponse.Read(ref reader, request.Calls, context);
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
        await Task.WhenAll(calls.Select(call => SendAsync([call], cancellationToken))).ConfigureAwait(false);
        return new GetAnswer<T>([.. calls.SelectMany(call => call.Result.Items)], [.. calls.SelectMany(call => call.Result.Missing)]);
    }

    /// <summary>The objects of a type by ascending id, page by page as they are read.</summary>
    /// <param name="type">The type, such as <c>x:Account</c>; one that is sorted by its ids.</param>
    /// <param name="read">Reads an object.</param>
    /// <param name="filter">Writes the members of the filter; null = all of them.</param>
    /// <param name="properties">The properties to answer; null = all.</param>
    /// <param name="accountId">The account whose objects they are, where it is not the caller.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    public async IAsyncEnumerable<T> ListAsync<T>(
        string type, Func<JsonElement, T> read, Action<Utf8JsonWriter>? filter = null, IReadOnlyList<string>? properties = null, string? accountId = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        int pageSize = Math.Min(MaxPageSize, Session.Limits.MaxObjectsInGet);
        string? anchor = null;
        IReadOnlyList<string> ids;
        do
        {
            var query = new QueryCall(type) { Filter = filter, Limit = pageSize, Anchor = anchor, AccountId = accountId };
            var get = new GetCall<T>(type, read) { Query = query, Properties = properties, AccountId = accountId };
            await SendAsync([query, get], cancellationToken).ConfigureAwait(false);
            ids = query.Result.Ids;
            foreach (T item in get.Result.Items)
            {
                yield return item;
            }
            anchor = GetNextAnchor(ids, anchor);
        }
        // A smaller page than asked for is the last one.
        while (ids.Count >= pageSize);
    }

    /// <summary>The ids of the objects of a type, rising.</summary>
    /// <param name="type">The type, such as <c>x:DmarcExternalReport</c>; one that is sorted by its ids.</param>
    /// <param name="filter">Writes the members of the filter; null = all of them.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <param name="accountId">The account whose objects they are, where it is not the caller.</param>
    public async Task<IReadOnlyList<string>> ListIdsAsync(string type, Action<Utf8JsonWriter>? filter, CancellationToken cancellationToken, string? accountId = null)
    {
        var ids = new List<string>();
        string? anchor = null;
        IReadOnlyList<string> page;
        do
        {
            var query = new QueryCall(type) { Filter = filter, Limit = MaxIdPageSize, Anchor = anchor, AccountId = accountId };
            await SendAsync([query], cancellationToken).ConfigureAwait(false);
            page = query.Result.Ids;
            ids.AddRange(page);
            anchor = GetNextAnchor(page, anchor);
        }
        // A server that is set up to give fewer ids than are asked for still gives so many.
        while (page.Count >= MaxPageSize);
        return ids;
    }

    /// <summary>Which of these objects do not exist.</summary>
    public async Task<IReadOnlyList<string>> FindMissingAsync(string type, IReadOnlyCollection<string> ids, CancellationToken cancellationToken, string? accountId = null) =>
        (await GetAsync(type, ids, static item => item.ValueKind, cancellationToken, [IdProperty], accountId).ConfigureAwait(false)).Missing;

    private static string? GetNextAnchor(IReadOnlyList<string> ids, string? anchor) =>
        ids is not [.., var last] ? null
        : last == anchor ? throw new MailServerException(MailErrorCode.UnexpectedResponse, Operations.CallJmap, "The server sends the same page of a list again and again.")
        : last;
}
