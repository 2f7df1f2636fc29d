// /healthz: is the server there, and is it ready?
namespace MailAdmin.Client.Resources;

/// <summary>The server's liveness and readiness (GET /healthz/live, /healthz/ready; no credential needed).</summary>
public sealed class HealthResource
{
    internal HealthResource()
    {
    }

    /// <summary>Whether the server answers.</summary>
    public Task<bool> IsLiveAsync(CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Whether the server says that it is ready.</summary>
    public Task<bool> IsReadyAsync(CancellationToken cancellationToken) => throw new NotImplementedException();
}
