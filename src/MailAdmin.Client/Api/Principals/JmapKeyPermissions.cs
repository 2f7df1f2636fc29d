using MailAdmin.Client.Api.Credentials;

namespace MailAdmin.Client.Api.Principals;

/// <summary>
/// What an API key of a server from 0.16 on may do: all that its account may, all but some permissions, or of all only some. The last are the enabled
/// permissions of the principal. A key without <c>authenticate</c> cannot sign in: then that is among its disabled ones, whichever way it lacks it.
/// </summary>
internal static class JmapKeyPermissions
{
    /// <summary>The enabled and the disabled permissions of the principal.</summary>
    public static (IReadOnlyList<string> Enabled, IReadOnlyList<string> Disabled) Read(CredentialPermissions permissions) => permissions.Variant switch
    {
        CredentialPermissions.Disable => ([], permissions.Permissions),
        CredentialPermissions.Replace when !permissions.Permissions.Contains(MailPrincipal.AuthenticatePermission) => (permissions.Permissions, [MailPrincipal.AuthenticatePermission]),
        CredentialPermissions.Replace => (permissions.Permissions, []),
        _ => ([], []),
    };

    /// <summary>Those of a key that was read, as far as its principal tells.</summary>
    public static CredentialPermissions Get(MailPrincipal key) =>
        StoredFields.GetItems(key, PrincipalField.EnabledPermissions) is { Count: > 0 } enabled ? new CredentialPermissions(CredentialPermissions.Replace, enabled)
        : StoredFields.GetItems(key, PrincipalField.DisabledPermissions) is { Count: > 0 } disabled ? new CredentialPermissions(CredentialPermissions.Disable, disabled)
        : CredentialPermissions.All;

    /// <summary>Those of a new key.</summary>
    /// <exception cref="MailServerException"><c>Unsupported</c> where some are to be enabled and others disabled; <c>RejectedByClient</c> where nobody could sign in.</exception>
    public static CredentialPermissions Create(NewPrincipal principal)
    {
        bool isDisabled = principal.DisabledPermission.Contains(MailPrincipal.AuthenticatePermission);
        if (principal.EnabledPermission.Count == 0)
        {
            return principal.DisabledPermission.Count == 0 ? CredentialPermissions.All : new CredentialPermissions(CredentialPermissions.Disable, principal.DisabledPermission);
        }
        if (principal.DisabledPermission.Any(permission => permission != MailPrincipal.AuthenticatePermission))
        {
            throw new MailServerException(MailErrorCode.Unsupported, Operations.CallJmap, "From 0.16 on an API key has either the permissions that it may use of those of its account, or those that it may not. Give -EnabledPermission without those of -DisabledPermission, and omit the latter.")
            {
                Field = PrincipalField.DisabledPermissions,
            };
        }
        if (!isDisabled && !principal.EnabledPermission.Contains(MailPrincipal.AuthenticatePermission))
        {
            throw CreateSignInRefusal(principal.Name);
        }
        return new CredentialPermissions(CredentialPermissions.Replace, [.. principal.EnabledPermission.Except(principal.DisabledPermission)]);
    }

    /// <summary>Those of a key after changes.</summary>
    /// <exception cref="MailServerException"><c>RejectedByClient</c> where a permission is to be added to a key that may do all there is, and where nobody could sign in with it any more
    /// without that being said.</exception>
    public static CredentialPermissions Apply(CredentialPermissions current, string name, IReadOnlyList<PrincipalChange> changes)
    {
        CredentialPermissions changed = current;
        foreach (PrincipalChange change in changes)
        {
            changed = change.Field switch
            {
                PrincipalField.EnabledPermissions => ApplyEnabled(changed, name, change),
                PrincipalField.DisabledPermissions => ApplyDisabled(changed, change),
                _ => changed,
            };
        }
        return LacksSignIn(changed) && !LacksSignIn(current) && !changes.Any(DeniesSignIn) ? throw CreateSignInRefusal(name) : changed;
    }

    /// <summary>Whether both mean the same.</summary>
    public static bool AreSame(CredentialPermissions first, CredentialPermissions second) => first.Variant == second.Variant && first.Permissions.ToHashSet(StringComparer.Ordinal).SetEquals(second.Permissions);

    private static bool LacksSignIn(CredentialPermissions permissions) => Read(permissions).Disabled.Contains(MailPrincipal.AuthenticatePermission);

    // Whoever empties the list means a key that may do nothing.
    private static bool DeniesSignIn(PrincipalChange change) => change is { Field: PrincipalField.EnabledPermissions, Action: PrincipalAction.Set, Items.Count: 0 }
        || (change.Field == PrincipalField.DisabledPermissions && change.Action != PrincipalAction.RemoveItem && (change.Items ?? [change.Text ?? ""]).Contains(MailPrincipal.AuthenticatePermission));

    private static MailServerException CreateSignInRefusal(string name) => MailServerException.CreateRefusal(Operations.CallJmap, PrincipalField.EnabledPermissions,
        $"'{name}' could not sign in: '{MailPrincipal.AuthenticatePermission}' is not among the only permissions that it would have. Give it that one too. If it is not to sign in, say so: -DisabledPermission {MailPrincipal.AuthenticatePermission}.");

    private static CredentialPermissions ApplyEnabled(CredentialPermissions current, string name, PrincipalChange change)
    {
        bool isLimited = current.Variant == CredentialPermissions.Replace;
        if (change.Action == PrincipalAction.Set)
        {
            // Without one it may do nothing, as before 0.16, and not all of a sudden everything.
            return isLimited || change.Items!.Count > 0 ? new CredentialPermissions(CredentialPermissions.Replace, change.Items!) : current;
        }
        if (!isLimited)
        {
            return change.Action == PrincipalAction.RemoveItem ? current : throw MailServerException.CreateRefusal(Operations.CallJmap, PrincipalField.EnabledPermissions,
                $"'{name}' may do what its account may{(current.Permissions.Count > 0 ? ", but for its disabled permissions" : "")}: there is nothing to add. To limit it to some permissions, set all of them: Set-MailPrincipal -EnabledPermission.");
        }
        return current with { Permissions = JmapPrincipalPatch.Apply(current.Permissions, [change], StringComparer.Ordinal) };
    }

    private static CredentialPermissions ApplyDisabled(CredentialPermissions current, PrincipalChange change)
    {
        IReadOnlyList<string> wanted = JmapPrincipalPatch.Apply(Read(current).Disabled, [change], StringComparer.Ordinal);
        if (current.Variant != CredentialPermissions.Replace)
        {
            return wanted.Count == 0 ? CredentialPermissions.All : new CredentialPermissions(CredentialPermissions.Disable, wanted);
        }
        IEnumerable<string> left = current.Permissions.Except(wanted);
        return current with { Permissions = [.. wanted.Contains(MailPrincipal.AuthenticatePermission) ? left : left.Union([MailPrincipal.AuthenticatePermission])] };
    }
}
