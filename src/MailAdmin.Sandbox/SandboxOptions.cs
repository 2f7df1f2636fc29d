namespace MailAdmin.Sandbox;

/// <summary>The options of a sandbox server.</summary>
public sealed record SandboxOptions
{
    /// <summary>True: nothing but the fallback administrator and the settings of a fresh installation. False: the sample organisation.</summary>
    public bool Empty { get; init; }

    /// <summary>The login of the fallback administrator, who has all permissions.</summary>
    public string AdminName { get; init; } = "admin";

    /// <summary>The password of the fallback administrator.</summary>
    public string AdminPassword { get; init; } = "sandbox-admin-secret";

    /// <summary>The host name of the server, in DNS records and in its own URLs.</summary>
    public string HostName { get; init; } = "mx.example.org";

    /// <summary>The edition. By default an empty server has no licence; the sample organisation has one, since it includes what requires it.</summary>
    public SandboxEdition? Edition { get; init; }

    /// <summary>Whether the server has a licence: <see cref="Edition"/> in short, for those who do not need the third one.</summary>
    public bool Enterprise
    {
        get => Edition == SandboxEdition.Enterprise;
        init => Edition = value ? SandboxEdition.Enterprise : SandboxEdition.Community;
    }

    /// <summary>The version of the server: 0.11.8, 0.13.4, 0.15.5 or 0.16.16; the first two numbers are enough.</summary>
    public string ServerVersion { get; init; } = "0.11.8";

    /// <summary>The base of the URLs in discovery documents; by default <c>http://HOSTNAME:8080</c>, whatever address callers used, as behind a proxy.</summary>
    public Uri? BaseUri { get; init; }

    /// <summary>Whether every caller is treated as loopback, which the server never bans and never limits before sign-in.</summary>
    public bool TreatCallersAsLoopback { get; init; } = true;

    /// <summary>The source of the sandbox's clock; the system's by default.</summary>
    public TimeProvider? TimeProvider { get; init; }

    /// <summary>Fixes the ids of principals; random by default in an empty server, fixed in the sample organisation.</summary>
    public int? Seed { get; init; }

    /// <summary>
    /// How long an attempt to deliver to another host takes on the sandbox's clock. Until it ends the message is being delivered: lists
    /// show it unchanged, and one that is cancelled comes back when the attempt ends. Zero: attempts end at once.
    /// </summary>
    public TimeSpan DeliveryTime { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// With more calls at once than this that read many principals (groups, lists, roles, tenants, domains, listings with memberships), those beyond hang for
    /// half a minute of the sandbox's clock and fail with status 500, as a real server with 2 cores and the SQLite store does with more than 8. Null: never.
    /// </summary>
    public int? WedgeAfter { get; init; } = DefaultWedgeAfter;

    /// <summary>What <see cref="WedgeAfter"/> is where nobody says otherwise; the tests set it.</summary>
    internal static int? DefaultWedgeAfter { get; set; }
}
