namespace MailAdmin.Sandbox.Http;

/// <summary>Cuts lists into pages: numbered from 1, unlimited without a limit, and at most <c>max-total</c> items in all.</summary>
internal sealed class Paging(QueryValues query)
{
    private readonly long _limit = query.GetInt32("limit");
    private readonly long _offset = Math.Max(query.GetInt32("page") - 1L, 0) * query.GetInt32("limit");
    private readonly int _maxTotal = query.GetInt32("max-total");

    /// <summary>The page and the total, which is a minimum where the search was stopped.</summary>
    public (IReadOnlyList<T> Items, int Total) Apply<T>(IEnumerable<T> matches)
    {
        var items = new List<T>();
        int total = 0;
        foreach (T match in _maxTotal == 0 ? matches : matches.Take(_maxTotal))
        {
            if (total >= _offset && (_limit == 0 || items.Count < _limit))
            {
                items.Add(match);
            }

            total++;
        }

        return (items, total);
    }
}
