using System.Net;
using System.Text.Json;
using MailAdmin.Client;
using MailAdmin.Sandbox;

namespace MailAdmin.Tests.Faults;

/// <summary>The way to a sandbox on which something happens to the calls of one operation.</summary>
internal sealed class FaultyTransport(SandboxServer server)
{
    private FaultCell? _cell;
    private Operation? _operation;
    private int _faults;

    /// <summary>How often the server did what the operation asks for.</summary>
    public int Executions { get; private set; }

    /// <summary>A handler of the connection.</summary>
    public HttpMessageHandler CreateHandler() => new Handler(this, server.CreateHandler());

    /// <summary>From now on the calls of an operation meet a fault; with no cell they only are counted.</summary>
    public void Arm(Operation operation, FaultCell? cell) => (_operation, _cell, _faults, Executions) = (operation, cell, 0, 0);

    private sealed class Handler(FaultyTransport transport, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (transport._operation is not { } operation || request.Method != operation.Method || !operation.Matches(request.RequestUri!.AbsolutePath.Split('/')))
            {
                return await base.SendAsync(request, cancellationToken);
            }
            if (transport._cell is not { } cell || (!cell.IsAlways && transport._faults > 0))
            {
                return await ForwardAsync(request, cancellationToken);
            }
            transport._faults++;
            byte[]? answer = null;
            if (cell.IsExecuted)
            {
                using HttpResponseMessage response = await ForwardAsync(request, cancellationToken);
                answer = operation.Method == HttpMethod.Get && response.Content.Headers.ContentType?.MediaType == "text/event-stream" ? null : await response.Content.ReadAsByteArrayAsync(cancellationToken);
            }
            // A real transport answers later, on another thread.
            await Task.Yield();
            HttpResponseMessage faulty = cell.Fault.Answer(answer);
            faulty.RequestMessage = request;
            return faulty;
        }

        private async Task<HttpResponseMessage> ForwardAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
            if (response.StatusCode == HttpStatusCode.OK && response.Content.Headers.ContentType?.MediaType == "application/json")
            {
                await response.Content.LoadIntoBufferAsync(cancellationToken);
                var body = JsonElement.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
                if (body.TryGetProperty("data", out JsonElement data) && data.ValueKind != JsonValueKind.False)
                {
                    transport.Executions++;
                }
            }
            return response;
        }
    }
}
