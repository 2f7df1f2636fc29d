using MailAdmin.Client.Jmap;

namespace MailAdmin.Client.Api.Principals;

/// <summary>Refuses what the signed-in account is known not to be allowed. Nothing is sent.</summary>
internal sealed class JmapDirectoryPermissions(JmapChannel channel, JmapKeys keys)
{
    /// <summary>Refuses changes of a principal, or its deletion.</summary>
    /// <param name="principal">The principal.</param>
    /// <param name="changes">The changes; null = it is deleted.</param>
    /// <exception cref="MailServerException"><c>Forbidden</c>, with what is missing.</exception>
    public void Check(MailPrincipal principal, IReadOnlyList<PrincipalChange>? changes)
    {
        if (principal.Kind == PrincipalType.ApiKey)
        {
            keys.CheckPermission(principal, changes is null ? "Destroy" : "Update");
        }
        else if (changes?.Any(change => !JmapMembershipWrites.IsOfOthers(principal.Kind, change.Field)) != false)
        {
            Check(principal.Kind, changes is null ? "Destroy" : "Update", $"to {(changes is null ? "delete" : "change")} '{principal.Name}'");
        }
        CheckOnOthers(principal.Kind, principal.Name, changes ?? []);
    }

    /// <summary>Refuses a creation.</summary>
    /// <exception cref="MailServerException"><c>Forbidden</c>, with what is missing.</exception>
    public void Check(NewPrincipal principal)
    {
        // Whose a key is to be must be looked up.
        if (principal.Type != PrincipalType.ApiKey)
        {
            Check(principal.Type, "Create", $"to create '{principal.Name}'");
            CheckOnOthers(principal.Type, principal.Name, JmapMembershipWrites.GetChanges(principal));
        }
    }

    // What other objects hold of it takes the permission to change those.
    private void CheckOnOthers(PrincipalType kind, string name, IEnumerable<PrincipalChange> changes)
    {
        foreach (string field in changes.Select(change => change.Field).Distinct().Where(field => JmapMembershipWrites.IsOfOthers(kind, field)))
        {
            Check(field == PrincipalField.Lists ? PrincipalType.List : PrincipalType.Individual, "Update", $"to change the {(field == PrincipalField.Lists ? "mailing lists" : "members")} of '{name}'");
        }
    }

    private void Check(PrincipalType kind, string verb, string action)
    {
        if (DirectoryType.Find(kind) is { } type)
        {
            channel.Permissions.ThrowIfLacking([type.PermissionPrefix + verb], action);
        }
    }
}
