// A connection to one server: signs in once and offers the server's resources. Thread-safe.
using MailAdmin.Client.Authentication;
using MailAdmin.Client.Resources;

namespace MailAdmin.Client;

/// <summary>A signed-in connection to one Stalwart server. Thread-safe; dispose it to forget its tokens.</summary>
public sealed class MailClient : IDisposable
{
    /// <summary>Connects, signs in, and reads version, edition and permissions (POST /oauth).</summary>
    /// <exception cref="Errors.MailServerException">The server is unreachable, no Stalwart, too new, or refuses the credential.</exception>
    public static Task<MailClient> ConnectAsync(MailClientOptions options, MailCredential credential, CancellationToken cancellationToken)
        => throw new NotImplementedException();

    /// <summary>The base address the user gave.</summary>
    public Uri BaseUri => throw new NotImplementedException();
    /// <summary>Who signed in, where that is known.</summary>
    public string? UserName => throw new NotImplementedException();
    /// <summary>Version, edition and permissions; null for a key that may not ask.</summary>
    public ServerInfo? Server => throw new NotImplementedException();
    /// <summary>When the access token ends; null for API keys and unknown ones.</summary>
    public DateTimeOffset? TokenExpiresAt => throw new NotImplementedException();
    /// <summary>How many calls may be under way at once: 4, or 16 with <c>unlimited-requests</c>.</summary>
    public int ConcurrencyLimit => throw new NotImplementedException();
    /// <summary>Whether calls are paced to 1,000 a minute.</summary>
    public bool IsPaced => throw new NotImplementedException();
    /// <summary>The clock of the connection.</summary>
    public TimeProvider Time => throw new NotImplementedException();

    /// <summary>Raised when the client waits: a rate limit, pacing, a retry. From any thread.</summary>
    public event Action<WaitNotice>? Waiting { add => throw new NotImplementedException(); remove => throw new NotImplementedException(); }

    /// <summary>How long <paramref name="calls"/> calls will take by the minute limit alone; null when unpaced or within the budget.</summary>
    public TimeSpan? EstimateDuration(long calls) => throw new NotImplementedException();

    /// <summary>Accounts, groups, lists, domains, roles and the rest.</summary>
    public PrincipalResource Principals => throw new NotImplementedException();
    /// <summary>The signed-in account and OAuth: codes, device approval, stream tokens.</summary>
    public OAuthResource OAuth => throw new NotImplementedException();
    /// <summary>Liveness and readiness.</summary>
    public HealthResource Health => throw new NotImplementedException();
    /// <summary>Any call, through the same chain and error mapping.</summary>
    public RawResource Raw => throw new NotImplementedException();

    /// <inheritdoc/>
    public void Dispose() => throw new NotImplementedException();
}
