using System.Collections.Concurrent;
using MailAdmin.Sandbox;

namespace MailAdmin.Tests.Bodies;

/// <summary>Keeps what goes over the wire to a sandbox, with the status of the answer.</summary>
internal sealed class CallRecorder(SandboxServer server)
{
    private readonly ConcurrentQueue<RecordedCall> _calls = new();

    /// <summary>The calls since the start.</summary>
    public IReadOnlyList<RecordedCall> Calls => [.. _calls];

    /// <summary>A transport into the sandbox that is listened to.</summary>
    public HttpMessageHandler CreateHandler() => new Listener(this, server.CreateHandler());

    private sealed class Listener(CallRecorder recorder, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            byte[] body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
            HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
            recorder._calls.Enqueue(new RecordedCall(request.Method.Method, request.RequestUri!.PathAndQuery, request.Content?.Headers.ContentType?.MediaType, body, (int)response.StatusCode));
            return response;
        }
    }
}
