using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text.Json;
using MailAdmin.Client.Api.Lists;
using MailAdmin.Client.Calls;
using MailAdmin.Client.Http;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Principals;

/// <summary>Runs a query page by page, leaves duplicates out, and asks again for a page whose connection breaks off.</summary>
internal sealed class PrincipalListing(ApiChannel channel, ServerInfo? server, PrincipalQuery query, Action<long>? onTotal)
{
    private static readonly HashSet<string> s_expandedFields =
        [PrincipalField.Members, PrincipalField.MemberOf, PrincipalField.Lists, PrincipalField.Roles, PrincipalField.Tenant];

    private readonly string? _types = PrincipalTypeParameter.Format(query.Types, server);

    // The server sorts afresh for each page: rows shift when someone writes in the meantime.
    private readonly SeenIds _seen = new();
    private readonly PageRetry _attempts = new(channel.MaxRetries);
    private long? _total;
    private long _received;

    public async IAsyncEnumerable<MailPrincipal> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long left = query.First ?? long.MaxValue;
        if (left == 0 && onTotal is not null)
        {
            onTotal(await CountAsync(cancellationToken).ConfigureAwait(false));
        }
        PageRequest page = PagePlan.GetFirstPage(query.Skip, query.First, query.InOneRequest);
        long before = page.End - page.Limit;
        long received = 0;
        while (left > 0)
        {
            await foreach (MailPrincipal principal in _attempts.ReadAsync(() => FetchPageAsync(page, cancellationToken), cancellationToken).ConfigureAwait(false))
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
            // A page that begins at the start again holds those before it, too.
            (received, before) = page.Page == 1 ? (_received, 0) : (received + _received, before);
            if (IsLast(page))
            {
                if (left > 0)
                {
                    ListTotal.Check(channel, Operations.ListPrincipals, received, _total - before);
                }
                yield break;
            }
            page = PagePlan.GetNextPage(page, _total, query.Skip);
        }
    }

    /// <summary>The total alone.</summary>
    public async Task<long> CountAsync(CancellationToken cancellationToken)
    {
        var context = new ApiRequestContext(Operations.ListPrincipals);
        using HttpResponseMessage response = await channel.SendAsync(context, BuildUri(new PageRequest(0, 0, 0), count: true), null, cancellationToken).ConfigureAwait(false);
        var reader = new PageReader<MailPrincipal>(new PrincipalListParser(query.Fields), response, context);
        await foreach (MailPrincipal _ in reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            // A count holds no items.
        }
        return reader.Total ?? throw ListTotal.CreateMissing(Operations.ListPrincipals);
    }

    // A page may be shorter than asked for and not be the last, where the server cannot read what it counts: the total decides.
    private bool IsLast(PageRequest page) =>
        page.IsUnpaged || _received == 0 || (_total is { } total ? page.End >= total : _received < page.Limit);

    private async IAsyncEnumerable<MailPrincipal> FetchPageAsync(PageRequest page, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var context = new ApiRequestContext(Operations.ListPrincipals) { Streams = true, IsExpanded = query.Fields.Count == 0 || query.Fields.Any(s_expandedFields.Contains) };
        using HttpResponseMessage response = await channel.SendAsync(context, BuildUri(page, count: false), null, cancellationToken).ConfigureAwait(false);
        _attempts.RecordResponse(response);
        _received = 0;
        var reader = new PageReader<MailPrincipal>(new PrincipalListParser(query.Fields), response, context);
        bool told = false;
        await foreach (MailPrincipal principal in reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            told = told || ReportTotal(reader.Total);
            if (++_received > page.SkipCount && _seen.Add(principal.Id))
            {
                yield return principal;
            }
        }
        if (!told)
        {
            ReportTotal(reader.Total);
        }
    }

    private bool ReportTotal(long? total)
    {
        if (total is not { } known)
        {
            return false;
        }
        _total = known;
        onTotal?.Invoke(known);
        return true;
    }

    private Uri BuildUri(PageRequest page, bool count) => channel.Uri.ForQuery(Operations.ListPrincipals,
    [
        KeyValuePair.Create("types", _types),
        KeyValuePair.Create("filter", query.Filter),
        KeyValuePair.Create("fields", query.Fields.Count > 0 ? string.Join(',', query.Fields.Where(field => !PrincipalField.IsLater(field))) : null),
        KeyValuePair.Create("tenant", query.Tenant),
        KeyValuePair.Create("page", page.IsUnpaged ? null : WireNumber.Format(page.Page)),
        KeyValuePair.Create("limit", page.IsUnpaged ? null : WireNumber.Format(page.Limit)),
        KeyValuePair.Create("count", count ? "1" : null),
    ]);
}

/// <summary>A resumable reader of principal lists.</summary>
/// <param name="fields">The fields that were asked for; none = all.</param>
internal sealed class PrincipalListParser(IReadOnlyList<string> fields) : ListParser<MailPrincipal>(PrincipalReader.Read)
{
    // Of most items the end is there: looking for it first would read each of them twice.
    private protected override bool TryReadValue(ref Utf8JsonReader reader, [MaybeNullWhen(false)] out MailPrincipal item)
    {
        item = PrincipalReader.TryRead(ref reader, fields);
        return item is not null;
    }
}
