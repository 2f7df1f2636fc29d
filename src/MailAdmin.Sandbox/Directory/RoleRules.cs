using MailAdmin.Sandbox.Jmap;

namespace MailAdmin.Sandbox.Directory;

/// <summary>Roles: only the permissions of the role itself are looked at, not those of the roles in it.</summary>
internal sealed class RoleRules : ObjectRules
{
    public override void Check(ObjectChange change)
    {
        if (change.Changes("enabledPermissions") || change.Changes("disabledPermissions") || change.Changes("roleIds"))
        {
            GrantRules.Check(change.Call.Caller, EffectiveRights.OfRole(change.New));
        }
    }
}
