// One listing: pages in turn, doubles left out, and a page whose connection dies asked for again.
using System.Runtime.CompilerServices;
using MailAdmin.Client.Api.Lists;
using MailAdmin.Client.Calls;
using MailAdmin.Client.Http;

namespace MailAdmin.Client.Api.Principals;

/// <summary>Runs a query page by page.</summary>
internal sealed class PrincipalListing(ApiChannel channel, ServerInfo? server, PrincipalQuery query, Action<long>? onTotal)
{
    public const string Route = "/principal";
    private readonly string? _types = PrincipalTypes.Wanted(query.Types, server);

    // The server sorts afresh for each page: rows shift when someone writes meanwhile.
    private readonly HashSet<uint> _seen = [];
    private readonly PageAttempts _attempts = new(channel.MaximumRetries);
    private long? _total;
    private long _received;

    public async IAsyncEnumerable<MailPrincipal> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long left = query.First ?? long.MaxValue;
        PageRequest page = PagePlan.Start(query.Skip, query.First, query.InOneRequest);
        while (left > 0)
        {
            await foreach (MailPrincipal principal in _attempts.ReadAsync(() => OnceAsync(page, cancellationToken), cancellationToken).ConfigureAwait(false))
            {
                if (left > 0)
                {
                    left--;
                    yield return principal;
                }
                // The total follows the items: whoever asked for it gets it.
                if (left == 0 && (onTotal is null || _total is not null))
                {
                    yield break;
                }
            }
            if (IsLast(page))
            {
                yield break;
            }
            page = PagePlan.Next(page);
        }
    }

    /// <summary>The total alone.</summary>
    public async Task<long> CountAsync(CancellationToken cancellationToken)
    {
        var call = new Call(HttpMethod.Get, Route, CallSafety.Repeatable);
        using HttpResponseMessage response = await channel.SendAsync(call, Address(new PageRequest(0, 0, 0), count: true), null, cancellationToken).ConfigureAwait(false);
        var reader = new PageReader<MailPrincipal>(new PrincipalListParser(), response, call);
        await foreach (MailPrincipal _ in reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            // A count holds no items.
        }
        return reader.Total ?? 0;
    }

    private bool IsLast(PageRequest page) =>
        page.IsEverything || _received < page.Limit || (_total is { } total && page.End >= total);

    private async IAsyncEnumerable<MailPrincipal> OnceAsync(PageRequest page, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var call = new Call(HttpMethod.Get, Route, CallSafety.Repeatable) { Streams = true };
        using HttpResponseMessage response = await channel.SendAsync(call, Address(page, count: false), null, cancellationToken).ConfigureAwait(false);
        _attempts.Began(response);
        _received = 0;
        var reader = new PageReader<MailPrincipal>(new PrincipalListParser(), response, call);
        bool told = false;
        await foreach (MailPrincipal principal in reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            told = told || Tell(reader.Total);
            if (++_received > page.Drop && _seen.Add(principal.Id))
            {
                yield return principal;
            }
        }
        if (!told)
        {
            Tell(reader.Total);
        }
    }

    private bool Tell(long? total)
    {
        if (total is not { } known)
        {
            return false;
        }
        _total = known;
        onTotal?.Invoke(known);
        return true;
    }

    private Uri Address(PageRequest page, bool count) => channel.Uri.Api(Route,
    [
        KeyValuePair.Create("types", _types),
        KeyValuePair.Create("filter", query.Filter),
        KeyValuePair.Create("fields", query.Fields.Count > 0 ? string.Join(',', query.Fields) : null),
        KeyValuePair.Create("tenant", query.Tenant),
        KeyValuePair.Create("page", page.IsEverything ? null : Text(page.Page)),
        KeyValuePair.Create("limit", page.IsEverything ? null : Text(page.Limit)),
        KeyValuePair.Create("count", count ? "1" : null),
    ]);

    private static string? Text(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A resumable reader of principal lists.</summary>
internal sealed class PrincipalListParser() : ListParser<MailPrincipal>(PrincipalReader.Read);
