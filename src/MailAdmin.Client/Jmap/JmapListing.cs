using System.Runtime.CompilerServices;
using System.Text.Json;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Jmap;

/// <summary>Reads objects whose ids are known, in the order of these, as many as are asked for: what the server cannot filter by is compared here.</summary>
/// <typeparam name="T">The object.</typeparam>
/// <param name="channel">The server.</param>
/// <param name="type">The type, such as <c>x:QueuedMessage</c>.</param>
/// <param name="read">Reads an object.</param>
internal sealed class JmapListing<T>(JmapChannel channel, string type, Func<JsonElement, T> read)
{
    /// <summary>The properties to answer; null = all.</summary>
    public IReadOnlyList<string>? Properties { get; init; }

    /// <summary>How many one request reads at most: fewer of objects that are large.</summary>
    public int PageSize { get; init; } = int.MaxValue;

    /// <summary>Which are meant; null = all of them.</summary>
    public Func<T, bool>? Match { get; init; }

    /// <summary>How many of those meant are left out at the start.</summary>
    public long Skip { get; init; }

    /// <summary>How many at most; null = all.</summary>
    public long? First { get; init; }

    /// <summary>Receives how many are meant, before the first one comes. Where they must be compared they all are read for that.</summary>
    public Action<long>? OnTotal { get; init; }

    /// <summary>Reads them. One that is gone is left out.</summary>
    public async IAsyncEnumerable<T> RunAsync(IReadOnlyList<string> ids, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (Match is null)
        {
            OnTotal?.Invoke(ids.Count);
            await foreach (T item in ReadAsync(ids.Skip((int)Math.Min(Skip, ids.Count)), First, cancellationToken).ConfigureAwait(false))
            {
                yield return item;
            }
            yield break;
        }
        long place = 0;
        var held = new List<T>();
        await foreach (T item in ReadAsync(ids, null, cancellationToken).ConfigureAwait(false))
        {
            if (!Match(item))
            {
                continue;
            }
            bool isWanted = place >= Skip && !(place - Skip >= First);
            place++;
            if (OnTotal is null && isWanted)
            {
                yield return item;
            }
            else if (isWanted)
            {
                held.Add(item);
            }
            if (OnTotal is null && place - Skip >= First)
            {
                yield break;
            }
        }
        OnTotal?.Invoke(place);
        foreach (T item in held)
        {
            yield return item;
        }
    }

    private async IAsyncEnumerable<T> ReadAsync(IEnumerable<string> ids, long? first, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string[] left = [.. ids];
        long wanted = first ?? long.MaxValue;
        for (int start = 0; start < left.Length && wanted > 0;)
        {
            // No more is read than is asked for.
            int size = (int)Math.Min(wanted, Math.Min(PageSize, channel.Session.Limits.MaxObjectsInGet));
            string[] chunk = [.. left.Skip(start).Take(size)];
            start += chunk.Length;
            foreach (T item in await ReadAsync(chunk, cancellationToken).ConfigureAwait(false))
            {
                wanted--;
                yield return item;
            }
        }
    }

    // The server answers in an order of its own.
    private async Task<IEnumerable<T>> ReadAsync(string[] ids, CancellationToken cancellationToken)
    {
        GetAnswer<(string Id, T Value)> answer = await channel.GetAsync(type, ids, item => (item.GetText("id")!, read(item)), cancellationToken, Properties).ConfigureAwait(false);
        var found = answer.Items.ToDictionary(item => item.Id, item => item.Value, StringComparer.Ordinal);
        return ids.Where(found.ContainsKey).Select(id => found[id]);
    }
}
