using System.Runtime.CompilerServices;

namespace MailAdmin.Client.Api.Lists;

/// <summary>Lists that begin to be read before it is their turn, so that what they ask for can go in one request.</summary>
internal static class StartedLists
{
    /// <summary>The items of all lists, one list after the other. The first item of each is asked for at once.</summary>
    public static async IAsyncEnumerable<T> ConcatAsync<T>(IEnumerable<IAsyncEnumerable<T>> lists, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        (IAsyncEnumerator<T> List, Task<bool> First)[] started = [.. lists.Select(list => list.GetAsyncEnumerator(ending.Token)).Select(list => (list, list.MoveNextAsync().AsTask()))];
        try
        {
            foreach ((IAsyncEnumerator<T> list, Task<bool> first) in started)
            {
                for (bool hasItem = await first.ConfigureAwait(false); hasItem; hasItem = await list.MoveNextAsync().ConfigureAwait(false))
                {
                    yield return list.Current;
                }
            }
        }
        finally
        {
            await ending.CancelAsync().ConfigureAwait(false);
            foreach ((IAsyncEnumerator<T> list, Task<bool> first) in started)
            {
                // A list that is still being read must not be disposed of.
                await ((Task)first).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                await list.DisposeAsync().ConfigureAwait(false);
            }
        }
    }
}
