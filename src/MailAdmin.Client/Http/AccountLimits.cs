namespace MailAdmin.Client.Http;

/// <summary>The limits of the signed-in account: calls in flight and calls a minute. Assumed strict until the server reports the permissions.</summary>
internal sealed class AccountLimits
{
    private const int DefaultConcurrency = 4;
    private const int UnlimitedConcurrency = 64;
    private const int ExpandedConcurrency = 2;
    public const int MaxJmapConcurrency = 3;
    private const string UnlimitedRequestsPermission = "unlimited-requests";
    private const string UnlimitedJmapRequestsPermission = "unlimitedRequests";

    private volatile bool _accepted;

    /// <summary>The slots for calls in flight.</summary>
    public CallSlots Slots { get; } = new(new ConcurrencyLimit(DefaultConcurrency));

    /// <summary>
    /// The slots for calls that make the server read many principals: more than a few at once hang it (docs/api.md trap 59). Never disposed, as the
    /// others.
    /// </summary>
    public SemaphoreSlim ExpandedSlots { get; } = new(ExpandedConcurrency, ExpandedConcurrency);

    public int MaxConcurrency { get; private set; } = DefaultConcurrency;

    public bool IsPaced { get; private set; } = true;

    /// <summary>Whether the server has accepted this credential before: a 429 is then the minute limit, else the ban.</summary>
    public bool CredentialAccepted { get => _accepted; set => _accepted = value; }

    /// <summary>Allows more for an account without limits. Called once, after sign-in.</summary>
    public void Apply(ServerInfo? server)
    {
        if (server?.HasPermission(UnlimitedRequestsPermission) != true)
        {
            return;
        }
        IsPaced = false;
        SetMaximum(UnlimitedConcurrency);
    }

    /// <summary>The same for a server from 0.16 on: one call carries many objects, so that few at once are enough, whatever the account may do.</summary>
    /// <param name="server">What the server reports.</param>
    /// <param name="maxConcurrentRequests">How many calls at once it allows.</param>
    public void ApplyJmap(ServerInfo server, int maxConcurrentRequests)
    {
        IsPaced = !server.HasPermission(UnlimitedJmapRequestsPermission);
        SetMaximum(Math.Min(MaxJmapConcurrency, maxConcurrentRequests));
    }

    private void SetMaximum(int value)
    {
        MaxConcurrency = value;
        Slots.SetMaximum(value);
    }
}
