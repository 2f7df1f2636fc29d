using System.Text.Json;
using MailAdmin.Client.Calls;
using MailAdmin.Client.Http;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Jmap;

/// <summary>Whose the session is. The addresses in the document are not read: they name the server's public host, which may not be reachable from here.</summary>
/// <param name="AccountId">The id of the account.</param>
/// <param name="UserName">Its address; of a recovery administrator, its name; null where the server does not say.</param>
/// <param name="Limits">What one request may hold.</param>
internal sealed record JmapSession(string AccountId, string? UserName, JmapLimits Limits)
{
    private const string CoreCapability = "urn:ietf:params:jmap:core";
    private const string ManagementCapability = "urn:stalwart:jmap";

    /// <summary>What a query finds at most.</summary>
    public QueryLimit QueryLimit { get; } = new();

    /// <summary>How many sets may be on their way at once.</summary>
    public SetConcurrency SetConcurrency { get; } = new(Math.Min(Limits.MaxConcurrentRequests, AccountLimits.MaxJmapConcurrency));

    /// <summary>The permission to act for other accounts.</summary>
    public const string Impersonate = "impersonate";

    // The number 4294967295, which no account has.
    private const string RecoveryAdministrator = "d333333";

    /// <summary>Whether it is that of the recovery administrator, who is in the server's environment and no account.</summary>
    public bool IsRecoveryAdministrator => AccountId == RecoveryAdministrator;

    /// <summary>The capabilities of the methods that are called here.</summary>
    public static IReadOnlyList<string> UsedCapabilities { get; } = [CoreCapability, ManagementCapability];

    /// <summary>Asks for the session of the credential (GET /jmap/session).</summary>
    /// <exception cref="MailServerException"><c>UnexpectedResponse</c>: it is none of a server that is administered over JMAP.</exception>
    public static async Task<JmapSession> GetAsync(ApiChannel channel, CancellationToken cancellationToken)
    {
        var context = new ApiRequestContext(Operations.DescribeJmapSession);
        using HttpResponseMessage response = await channel.SendAsync(context, channel.Uri.For(Operations.DescribeJmapSession), null, cancellationToken).ConfigureAwait(false);
        return await ResponseReader.ReadUnwrappedAsync(response, context, Read, cancellationToken).ConfigureAwait(false);
    }

    internal static JmapSession Read(ref Utf8JsonReader reader)
    {
        var session = JsonElement.ParseValue(ref reader);
        JsonElement core = session.GetProperty("capabilities").GetProperty(CoreCapability);
        var limits = new JmapLimits(
            ReadLimit(core, "maxCallsInRequest"),
            ReadLimit(core, "maxObjectsInGet"),
            ReadLimit(core, "maxObjectsInSet"),
            ReadLimit(core, "maxSizeRequest"),
            ReadLimit(core, "maxConcurrentRequests"));
        return session.GetProperty("primaryAccounts").GetText(ManagementCapability) is { } id && JmapId.IsValid(id)
            ? new JmapSession(id, session.GetText("username") is { Length: > 0 } name ? name : null, limits)
            : throw new JsonException("The session is not one of the management.");
    }

    private static int ReadLimit(JsonElement core, string name)
    {
        long limit = core.GetProperty(name).GetInt64();
        return limit >= 1 ? (int)Math.Min(limit, int.MaxValue) : throw new JsonException($"The limit {name} is {limit}.");
    }
}
