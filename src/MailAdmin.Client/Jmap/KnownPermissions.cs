using MailAdmin.Client.Calls;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Jmap;

/// <summary>What the signed-in account may do, as far as that is known, and what methods take. The server refuses a method without saying which permission it takes.</summary>
/// <param name="server">What the account may do; null where that is not known.</param>
/// <param name="session">Whose the session is.</param>
internal sealed class KnownPermissions(ServerInfo? server, JmapSession session)
{
    /// <summary>Whether they are known. Those of the recovery administrator are not: the server lists some, and lets it do all.</summary>
    public bool AreKnown => server is { Permissions.Count: > 0 } && !session.IsRecoveryAdministrator;

    /// <summary>The permission to do something to the objects of a type.</summary>
    /// <param name="type">The type, such as <c>x:Account</c>.</param>
    /// <param name="verb"><c>Get</c>, <c>Query</c>, <c>Create</c>, <c>Update</c> or <c>Destroy</c>.</param>
    public static string GetName(string type, string verb) => $"sys{ObjectTypeName.Trim(type)}{verb}";

    /// <summary>What a method that reads takes; nothing for one of another kind.</summary>
    /// <param name="method">The method, such as <c>x:Account/get</c>.</param>
    public static IReadOnlyList<string> FindNeeded(string method) => method.Split('/') switch
    {
        [var type, "get"] when ObjectTypeName.IsOne(type) => [GetName(type, "Get")],
        [var type, "query"] when ObjectTypeName.IsOne(type) => [GetName(type, "Query")],
        _ => [],
    };

    /// <summary>What the account is known to lack.</summary>
    public IReadOnlyList<string> FindMissing(IEnumerable<string> needed) => AreKnown ? [.. needed.Where(permission => !server!.HasPermission(permission)).Distinct()] : [];

    /// <summary>What the account is known to lack of what it would give: the server lets nobody give more than he has. Some permissions are not listed for those who have them, and are unknown.</summary>
    public IReadOnlyList<string> FindUngivable(IEnumerable<string> given) => FindMissing(given.Where(permission => !UnlistedPermissions.MayBeOfAny(permission)));

    /// <summary>What the account lacks that the server has refused something: where its permissions are not known, any of those that it takes.</summary>
    public IReadOnlyList<string> FindRefused(IReadOnlyList<string> needed) => AreKnown ? FindMissing(needed) : needed;

    /// <summary>Why the server refused a method, as a sentence.</summary>
    public string Explain(string method, IReadOnlyList<string> needed)
    {
        const string Others = "may not act for the account that is named, or the server has no licence for it";
        if (needed.Count == 0)
        {
            return $"The server does not allow {method}: the account lacks the permission, {Others}.";
        }
        if (FindMissing(needed) is { Count: > 0 } missing)
        {
            return $"The server does not allow {method}: that needs {UnreadSource.JoinPermissions(missing)}, which the account lacks.";
        }
        string permissions = UnreadSource.JoinPermissions(needed);
        return AreKnown
            ? $"The server does not allow {method}, though the account had {permissions} when it signed in: it may have lost that since, it {Others}."
            : $"The server does not allow {method}: the account lacks {permissions}, {Others}.";
    }

    /// <summary>Refuses what the account is known not to be allowed, before anything is sent.</summary>
    /// <param name="needed">What it must be allowed.</param>
    /// <param name="action">What takes that, such as <c>to delete 'jane@example.org'</c>.</param>
    /// <param name="advice">What helps, as a sentence; empty for nothing.</param>
    /// <exception cref="MailServerException"><c>Forbidden</c>, with what is missing.</exception>
    public void ThrowIfLacking(IEnumerable<string> needed, string action, string advice = "")
    {
        IReadOnlyList<string> missing = FindMissing(needed);
        if (missing.Count > 0)
        {
            throw new MailServerException(
                MailErrorCode.Forbidden,
                Operations.CallJmap,
                $"Nothing was sent: {action} takes {UnreadSource.JoinPermissions(missing)}, which the signed-in account lacks.{(advice.Length == 0 ? "" : " " + advice)}")
            {
                MissingPermissions = missing,
            };
        }
    }
}
