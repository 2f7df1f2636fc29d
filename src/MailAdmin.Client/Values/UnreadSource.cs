namespace MailAdmin.Client.Values;

/// <summary>What the signed-in account may not read.</summary>
/// <param name="Noun">What it is, in the plural: <c>roles</c>.</param>
/// <param name="MissingPermissions">What reading it takes and the account lacks; empty where the server does not show all of them for another reason.</param>
internal sealed record UnreadSource(string Noun, IReadOnlyList<string> MissingPermissions)
{
    /// <summary>Why it is not read, as a sentence.</summary>
    public string Reason => MissingPermissions.Count > 0
        ? $"The signed-in account may not read {Noun}: that takes {JoinPermissions(MissingPermissions)}."
        : $"The server does not show the signed-in account all {Noun}.";

    /// <summary>Permissions in a sentence: <c>the permission sysRoleGet</c>.</summary>
    public static string JoinPermissions(IReadOnlyList<string> permissions) => permissions.Count == 1
        ? $"the permission {permissions[0]}"
        : $"the permissions {string.Join(", ", permissions.SkipLast(1))} and {permissions[^1]}";
}
