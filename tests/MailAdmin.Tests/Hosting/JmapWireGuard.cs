using System.Collections.Concurrent;
using System.Text;

namespace MailAdmin.Tests.Hosting;

/// <summary>Listens to what is sent to a server, and notes what must not be sent to one from 0.16 on.</summary>
internal sealed class JmapWireGuard
{
    private readonly ConcurrentQueue<string> _faults = new();
    private readonly ConcurrentQueue<JmapRequestBody> _requests = new();

    /// <summary>What was wrong with the requests so far.</summary>
    public IReadOnlyList<string> Faults => [.. _faults];

    /// <summary>The requests so far.</summary>
    public IReadOnlyList<JmapRequestBody> Requests => [.. _requests];

    /// <summary>A transport that is listened to.</summary>
    public HttpMessageHandler Listen(HttpMessageHandler inner) => new Listener(this, inner);

    private sealed class Listener(JmapWireGuard guard, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.RequestUri!.AbsolutePath == "/jmap" && request.Content is not null)
            {
                var body = JmapRequestBody.Parse(Encoding.UTF8.GetString(await request.Content.ReadAsByteArrayAsync(cancellationToken)));
                guard._requests.Enqueue(body);
                foreach (string fault in JmapWire.FindFaults(body))
                {
                    guard._faults.Enqueue(fault);
                }
            }
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
