namespace MailAdmin.Client.Http;

/// <summary>The limits of the signed-in account: calls in flight and calls a minute. Assumed strict until the server reports the permissions.</summary>
internal sealed class AccountLimits
{
    private const int DefaultConcurrency = 4;
    private const int UnlimitedConcurrency = 64;
    private const int ExpandedConcurrency = 2;
    private const string UnlimitedRequestsPermission = "unlimited-requests";

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
        MaxConcurrency = UnlimitedConcurrency;
        Slots.SetMaximum(UnlimitedConcurrency);
    }
}
