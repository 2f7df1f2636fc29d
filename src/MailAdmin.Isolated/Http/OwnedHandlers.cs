using Microsoft.Extensions.DependencyInjection;

namespace MailAdmin.Isolated.Http;

/// <summary>
/// What one pipeline created and must close. The factory never disposes the handlers of a lifetime without end,
/// so they are kept here, and a removed connection leaves no socket open.
/// </summary>
internal sealed class OwnedHandlers : IDisposable
{
    private readonly List<HttpMessageHandler> _handlers = [];
    private HttpClient? _client;
    private ServiceProvider? _services;

    public T Add<T>(T handler)
        where T : HttpMessageHandler
    {
        _handlers.Add(handler);
        return handler;
    }

    public void Complete(HttpClient client, ServiceProvider services)
    {
        _client = client;
        _services = services;
    }

    public void Dispose()
    {
        _client?.Dispose();
        foreach (HttpMessageHandler handler in _handlers)
        {
            handler.Dispose();
        }

        _handlers.Clear();
        _services?.Dispose();
    }
}
