using MailAdmin.Client;

namespace MailAdmin.PowerShell.Cmdlets.Principal;

/// <summary>What the parameters of Set-MailPrincipal change, as steps.</summary>
internal sealed class GivenChanges(SetMailPrincipal given)
{
    /// <summary>Whether the principal must be read first: the server cannot replace a list of memberships, and the primary address is the first in the list.</summary>
    public bool NeedsCurrent => given.ExternalMember is not null || given.AddExternalMember is not null || given.PrimaryEmail is not null || given.NewName is not null || given.Enabled is not null || ChangesPermissions || GetListEdits().Any(e => e.NeedsCurrent(IsCleared(e.Field)));

    /// <summary>The addresses that it is to have too.</summary>
    public string[] Addresses => [.. given.Email ?? [], .. given.AddEmail ?? [], .. given.PrimaryEmail is null ? [] : new[] { given.PrimaryEmail }];

    /// <summary>Whether permissions are given or taken.</summary>
    public bool ChangesPermissions => given.EnabledPermission is not null || given.DisabledPermission is not null || given.AddEnabledPermission is not null
        || given.RemoveEnabledPermission is not null || given.AddDisabledPermission is not null || given.RemoveDisabledPermission is not null
        || IsCleared(ClearablePrincipalField.EnabledPermission) || IsCleared(ClearablePrincipalField.DisabledPermission);

    /// <summary>The permissions that are granted to it then.</summary>
    public IEnumerable<string> GetEnabledPermissions(MailPrincipal current) =>
        GetAfter(ClearablePrincipalField.EnabledPermission, current.EnabledPermission, given.EnabledPermission, given.AddEnabledPermission, given.RemoveEnabledPermission);

    /// <summary>The permissions that are denied to it then.</summary>
    public IEnumerable<string> GetDisabledPermissions(MailPrincipal current) =>
        GetAfter(ClearablePrincipalField.DisabledPermission, current.DisabledPermission, given.DisabledPermission, given.AddDisabledPermission, given.RemoveDisabledPermission);

    private IEnumerable<string> GetAfter(ClearablePrincipalField field, IEnumerable<string>? current, string[]? exactly, string[]? added, string[]? removed) =>
        (IsCleared(field) ? [] : exactly ?? current ?? []).Union(added ?? [], StringComparer.OrdinalIgnoreCase).Except(removed ?? [], StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a field is to be emptied.</summary>
    public bool IsCleared(ClearablePrincipalField field) => given.Clear?.Contains(field) == true;

    /// <summary>The steps.</summary>
    /// <param name="current">The principal as it is now; null where that need not be known (<see cref="NeedsCurrent"/>).</param>
    public List<PrincipalChange> CreateChanges(MailPrincipal? current)
    {
        var changes = new List<PrincipalChange>();
        AddTextChange(changes, PrincipalField.Description, given.Description, ClearablePrincipalField.Description);
        AddTextChange(changes, PrincipalField.Tenant, given.Tenant?.Text, ClearablePrincipalField.Tenant);
        AddTextChange(changes, PrincipalField.Picture, given.Picture, ClearablePrincipalField.Picture);
        AddTextChange(changes, PrincipalField.Locale, given.Locale, ClearablePrincipalField.Locale);
        if (given.Expires is not null || IsCleared(ClearablePrincipalField.Expires))
        {
            changes.Add(PrincipalChange.Set(PrincipalField.Expires, given.Expires));
        }
        if (IsCleared(ClearablePrincipalField.Quota))
        {
            changes.Add(PrincipalChange.Set(PrincipalField.Quota, ""));
        }
        else if (given.Quota is { } bytes)
        {
            changes.Add(PrincipalChange.Set(PrincipalField.Quota, (ulong)bytes));
        }
        foreach (ListEdit edit in GetListEdits())
        {
            edit.AppendChanges(changes, IsCleared(edit.Field), current);
        }
        changes.AddRange(PrincipalChange.AddAndRemove(PrincipalField.DisabledEmails, given.DisableEmail ?? [], given.EnableEmail ?? []));
        if (given.Enabled is { } enabled && (!enabled || current!.Enabled == false))
        {
            changes.Add(SignInPermission.CreateChange(enabled));
        }
        if (given.PrimaryEmail is not null)
        {
            PrincipalEdit.SetPrimaryAddress(changes, given.PrimaryEmail, current!, given.Email ?? [], given.AddEmail ?? [], given.RemoveEmail ?? []);
        }
        if (given.NewName is not null)
        {
            changes.Add(PrincipalChange.Set(PrincipalField.Name, given.NewName));
        }
        return changes;
    }

    /// <summary>What becomes of each list.</summary>
    public IEnumerable<ListEdit> GetListEdits()
    {
        yield return new ListEdit(PrincipalField.Emails, ClearablePrincipalField.Email, given.Email, given.AddEmail, given.RemoveEmail, p => p.Email);
        yield return new ListEdit(PrincipalField.MemberOf, ClearablePrincipalField.MemberOf, given.MemberOf.ToTexts(), given.AddMemberOf.ToTexts(), given.RemoveMemberOf.ToTexts(), p => p.MemberOf);
        yield return new ListEdit(PrincipalField.Lists, ClearablePrincipalField.List, given.List.ToTexts(), given.AddList.ToTexts(), given.RemoveList.ToTexts(), p => p.List);
        yield return new ListEdit(PrincipalField.Roles, ClearablePrincipalField.Role, given.Role.ToTexts(), given.AddRole.ToTexts(), given.RemoveRole.ToTexts(), p => p.Role);
        yield return new ListEdit(PrincipalField.Members, ClearablePrincipalField.Member, given.Member.ToTexts(), given.AddMember.ToTexts(), given.RemoveMember.ToTexts(), p => p.Member);
        yield return new ListEdit(PrincipalField.ExternalMembers, ClearablePrincipalField.ExternalMember, given.ExternalMember, given.AddExternalMember, given.RemoveExternalMember, p => p.ExternalMember);
        yield return new ListEdit(PrincipalField.EnabledPermissions, ClearablePrincipalField.EnabledPermission, given.EnabledPermission, given.AddEnabledPermission, given.RemoveEnabledPermission, p => p.EnabledPermission);
        yield return new ListEdit(PrincipalField.DisabledPermissions, ClearablePrincipalField.DisabledPermission, given.DisabledPermission, given.AddDisabledPermission, given.RemoveDisabledPermission, p => p.DisabledPermission);
        yield return new ListEdit(PrincipalField.AllowedIps, ClearablePrincipalField.AllowedIp, given.AllowedIp, null, null, p => p.AllowedIp);
        yield return new ListEdit(PrincipalField.Urls, ClearablePrincipalField.Url, given.Url, given.AddUrl, given.RemoveUrl, p => p.Url);
    }

    /// <summary>The lists that are set as a whole, as the server names them.</summary>
    public string[] GetReplaced() => [.. GetListEdits().Where(edit => edit.Replacement is not null || IsCleared(edit.Field)).Select(edit => edit.ServerField)];

    private void AddTextChange(List<PrincipalChange> changes, string field, string? value, ClearablePrincipalField clearable)
    {
        if (IsCleared(clearable))
        {
            changes.Add(PrincipalChange.Set(field, ""));
        }
        else if (value is not null)
        {
            changes.Add(PrincipalChange.Set(field, value));
        }
    }
}
