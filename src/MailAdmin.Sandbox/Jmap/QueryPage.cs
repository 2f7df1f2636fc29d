using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Registry;

namespace MailAdmin.Sandbox.Jmap;

/// <summary>Cuts a page out of a list and writes the answer.</summary>
internal static class QueryPage
{
    /// <summary>
    /// A page as the store cuts it: ascending, before it is turned round. The anchor is not in its page, and without a filter need not exist;
    /// a limit of 0 is 1.
    /// </summary>
    /// <param name="call">The call.</param>
    /// <param name="query">Its arguments.</param>
    /// <param name="ascending">All ids, ascending.</param>
    public static JsonObject CutFirst(MethodContext call, QueryArguments query, IEnumerable<ulong> ascending)
    {
        if (query.Anchor is { } anchor)
        {
            ascending = query.Filter.Count == 0 ? ascending.Where(id => id > anchor) : ascending.SkipWhile(id => id != anchor).Skip(1);
        }
        else
        {
            ascending = ascending.Skip(query.Position ?? 0);
        }

        ulong[] page = [.. ascending.Take(Math.Max(1, Math.Min(query.Limit ?? call.Limits.MaxQuery, call.Limits.MaxQuery)))];
        return Write(call, 0, query.IsAscending ? page : page.Reverse(), null, null);
    }

    /// <summary>A page of a list that is in order already. The anchor is in its page and has to exist; a limit of 0 is none.</summary>
    /// <param name="call">The call.</param>
    /// <param name="query">Its arguments.</param>
    /// <param name="ordered">All ids in order.</param>
    public static JsonObject CutOrdered(MethodContext call, QueryArguments query, IReadOnlyList<ulong> ordered)
    {
        int limit = Math.Min(query.Limit ?? call.Limits.MaxQuery, call.Limits.MaxQuery);
        int start;
        if (query.Anchor is { } anchor)
        {
            int place = ordered.ToList().IndexOf(anchor);
            start = place < 0 ? throw MethodException.AnchorNotFound() : Math.Max(0, place + query.AnchorOffset);
        }
        else
        {
            start = query.Position is < 0 and { } fromEnd ? Math.Max(0, ordered.Count + fromEnd) : query.Position ?? 0;
        }

        IEnumerable<ulong> page = ordered.Skip(start);
        return Write(
            call,
            start > ordered.Count && query.Anchor is null ? 0 : start,
            limit == 0 ? page : page.Take(limit),
            query.CalculateTotal ? ordered.Count : null,
            ordered.Count > limit ? limit : null);
    }

    /// <summary>A page that was cut elsewhere.</summary>
    public static JsonObject Write(MethodContext call, int position, IEnumerable<ulong> page, int? total, int? limit)
    {
        JsonObject answer = call.NewAnswer();
        answer["queryState"] = "n";
        answer["canCalculateChanges"] = true;
        answer["position"] = position;
        answer["ids"] = new JsonArray([.. page.Select(id => JsonValue.Create(RegistryId.Format(id)))]);
        if (total is not null)
        {
            answer["total"] = total;
        }

        if (limit is not null)
        {
            answer["limit"] = limit;
        }

        return answer;
    }
}
