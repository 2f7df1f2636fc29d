namespace MailAdmin.Client.Http;

/// <summary>The limits of the signed-in account: calls in flight and calls a minute. Assumed strict until the server reports the permissions.</summary>
internal sealed class AccountLimits
{
    private const int DefaultConcurrency = 4;
    private const int UnlimitedConcurrency = 16;
    private const string UnlimitedRequestsPermission = "unlimited-requests";
    private volatile bool _accepted;

    /// <summary>The slots for calls in flight. They outlive the connection: a waiting call must get through and learn that the connection is closed.</summary>
    public SemaphoreSlim Slots { get; } = new(DefaultConcurrency, UnlimitedConcurrency);

    public int MaxConcurrency { get; private set; } = DefaultConcurrency;

    public bool IsPaced { get; private set; } = true;

    /// <summary>Whether the server has accepted this credential before: a 429 is then the minute limit, else the ban.</summary>
    public bool CredentialAccepted { get => _accepted; set => _accepted = value; }

    /// <summary>Adds slots for an account without limits. Called once, after sign-in.</summary>
    public void Apply(ServerInfo? server)
    {
        if (server?.HasPermission(UnlimitedRequestsPermission) != true)
        {
            return;
        }
        IsPaced = false;
        MaxConcurrency = UnlimitedConcurrency;
        Slots.Release(UnlimitedConcurrency - DefaultConcurrency);
    }
}
