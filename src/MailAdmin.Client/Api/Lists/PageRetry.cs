using System.Runtime.CompilerServices;

namespace MailAdmin.Client.Api.Lists;

/// <summary>
/// Asks for a page again when its connection dies within the answer. The pipeline repeats what fails before that; whoever reads the page knows
/// what was read of it already, so that nothing comes twice.
/// </summary>
/// <param name="mostRepeats">How often, at most.</param>
internal sealed class PageRetry(int mostRepeats)
{
    private bool _hasResponse;

    /// <summary>Takes note of an answer that has begun.</summary>
    public void RecordResponse(HttpResponseMessage response) => _hasResponse = response.IsSuccessStatusCode;

    /// <summary>The items of a page.</summary>
    /// <param name="attempt">Asks for the page, or for what is left of it, and calls <see cref="RecordResponse"/>.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    public async IAsyncEnumerable<T> ReadAsync<T>(Func<IAsyncEnumerable<T>> attempt, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (int repeats = 0; ; repeats++)
        {
            _hasResponse = false;
            bool isWhole = true;
            IAsyncEnumerator<T> items = attempt().GetAsyncEnumerator(cancellationToken);
            await using (items.ConfigureAwait(false))
            {
                while (true)
                {
                    try
                    {
                        if (!await items.MoveNextAsync().ConfigureAwait(false))
                        {
                            break;
                        }
                    }
                    catch (MailServerException e) when (e.MayHaveBeenExecuted && _hasResponse && repeats < mostRepeats)
                    {
                        isWhole = false;
                        break;
                    }
                    yield return items.Current;
                }
            }
            if (isWhole)
            {
                yield break;
            }
        }
    }
}
