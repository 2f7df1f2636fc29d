namespace MailAdmin.Client.Jmap;

/// <summary>Refuses what the signed-in account is known not to be allowed, before anything is sent.</summary>
internal static class JmapPermissionCheck
{
    /// <summary>Whether the permissions of the account are known. Those of the recovery administrator are not: the server lists some, and lets it do all.</summary>
    public static bool IsPossible(JmapChannel channel, ServerInfo? server) => server is { Permissions.Count: > 0 } && !channel.Session.IsRecoveryAdministrator;

    /// <exception cref="MailServerException"><c>Forbidden</c>, with what is missing.</exception>
    /// <param name="channel">Whose the session is.</param>
    /// <param name="server">What the account may do; null where that is not known.</param>
    /// <param name="needed">What it must be allowed.</param>
    /// <param name="action">What takes that, such as <c>to delete 'jane@example.org'</c>.</param>
    /// <param name="advice">What helps, as a sentence; empty for nothing.</param>
    public static void ThrowIfLacking(JmapChannel channel, ServerInfo? server, IEnumerable<string> needed, string action, string advice = "")
    {
        string[] missing = IsPossible(channel, server) ? [.. needed.Where(permission => !server!.HasPermission(permission))] : [];
        if (missing.Length > 0)
        {
            throw new MailServerException(
                MailErrorCode.Forbidden,
                Operations.CallJmap,
                $"Nothing was sent: {action} takes the permission {string.Join(" and ", missing)}, which the signed-in account lacks.{(advice.Length == 0 ? "" : " " + advice)}")
            {
                MissingPermissions = missing,
            };
        }
    }
}
