using System.Runtime.CompilerServices;
using MailAdmin.Client.Http;

namespace MailAdmin.Client.Api.Streams;

/// <summary>Keeps a stream open over restarts of the server and errors on the way, with growing pauses between the attempts. Events during a pause are missed.</summary>
internal sealed class ReconnectingEventStream<T>(EventStream<T> stream, WaitNotifier waitNotifier, TimeProvider time)
{
    /// <summary>The frames of all the connections, one after the other.</summary>
    /// <exception cref="MailServerException">It could not be opened the first time, was refused later, or stayed away too long.</exception>
    public async IAsyncEnumerable<T> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reconnectPolicy = new ReconnectPolicy(waitNotifier, time);
        while (true)
        {
            MailServerException? fault = null;
            await using IAsyncEnumerator<T> frames = stream.ReadAsync(reconnectPolicy.MarkConnected, cancellationToken).GetAsyncEnumerator(cancellationToken);
            while (true)
            {
                try
                {
                    if (!await frames.MoveNextAsync().ConfigureAwait(false))
                    {
                        break;
                    }
                }
                catch (MailServerException e) when (reconnectPolicy.ShouldReconnect(e))
                {
                    fault = e;
                    break;
                }
                reconnectPolicy.ResetBackoff();
                yield return frames.Current;
            }
            await reconnectPolicy.WaitAsync(
                fault?.Message ?? "The server has closed the live stream.",
                pause => $"It is opened again in {pause}; what happens until then is not shown.",
                cancellationToken).ConfigureAwait(false);
        }
    }
}
