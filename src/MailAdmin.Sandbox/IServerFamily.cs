namespace MailAdmin.Sandbox;

/// <summary>A server of the versions that share one management API.</summary>
internal interface IServerFamily
{
    /// <summary>Answers one request.</summary>
    Task<SandboxResponse> HandleAsync(SandboxRequest request, CancellationToken cancellationToken);

    /// <summary>Receives a message as over SMTP; returns the refusal, or null.</summary>
    string? Deliver(string? authenticatedAs, string mailFrom, IReadOnlyList<string> recipients, ReadOnlyMemory<byte> message);
}
