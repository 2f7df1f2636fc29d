using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace MailAdmin.Sandbox.Host;

/// <summary>Serves a sandbox over HTTP on loopback.</summary>
public static class SandboxHost
{
    private const int MaxBodyBytes = 64 * 1024 * 1024;

    /// <summary>Starts listening; the address is known when this returns.</summary>
    /// <param name="server">The server to expose.</param>
    /// <param name="url">The address: <c>http</c>, a loopback address and a port; 0 takes any free port.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <exception cref="ArgumentException">The address is not loopback.</exception>
    public static async Task<RunningSandbox> StartAsync(
        SandboxServer server, string url = HostArguments.DefaultUrl, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(server);
        IPEndPoint endpoint = ParseLoopbackEndpoint(url);
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
            kestrel.Listen(endpoint, listen => listen.Protocols = HttpProtocols.Http1);
        });
        WebApplication app = builder.Build();
        var control = new ControlEndpoint(server);
        app.Run(context => ControlEndpoint.Handles(context.Request.Path) ? control.HandleAsync(context) : SocketTransport.ForwardAsync(server, context));
        await app.StartAsync(cancellationToken).ConfigureAwait(false);
        string address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new RunningSandbox(app, server, new Uri(address));
    }

    private static IPEndPoint ParseLoopbackEndpoint(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? uri) || uri.Scheme != Uri.UriSchemeHttp || !uri.IsLoopback)
        {
            throw new ArgumentException($"The sandbox listens on loopback only. '{url}' is not a loopback address; use http://127.0.0.1:0, for example.", nameof(url));
        }

        IPAddress address = IPAddress.TryParse(uri.Host.Trim('[', ']'), out IPAddress? parsed) ? parsed : IPAddress.Loopback;
        return new IPEndPoint(address, uri.Port);
    }
}
