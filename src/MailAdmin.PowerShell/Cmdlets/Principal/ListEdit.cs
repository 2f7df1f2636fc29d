using MailAdmin.Client;

namespace MailAdmin.PowerShell.Cmdlets.Principal;

/// <summary>The edit of one list field by Set-MailPrincipal: replace the list, add to it, remove from it, or empty it.</summary>
internal sealed record ListEdit(
    string ServerField, ClearablePrincipalField Field, string[]? Replacement, string[]? Add, string[]? Remove, Func<MailPrincipal, StringList?> GetCurrent)
{
    // The server's "set" on one of these three wipes the other two (they share one table), so it is never sent.
    private bool IsMembership => ServerField is PrincipalField.Roles or PrincipalField.MemberOf or PrincipalField.Lists;

    /// <summary>Whether the principal must be read first: for a list of memberships only the difference is sent.</summary>
    public bool NeedsCurrent(bool cleared) => IsMembership && (cleared || Replacement is not null);

    /// <summary>Adds the steps of this edit.</summary>
    public void AppendChanges(List<PrincipalChange> changes, bool cleared, MailPrincipal? current)
    {
        if (cleared || Replacement is not null)
        {
            string[] target = cleared ? [] : Replacement!;
            if (IsMembership)
            {
                ThrowIfUnknown(current!);
                StringList existing = GetCurrent(current!) ?? StringList.Empty;
                changes.AddRange(PrincipalChange.AddAndRemove(ServerField, target.Where(item => !existing.Contains(item)), existing.Where(item => !target.Contains(item))));
            }
            else
            {
                changes.Add(PrincipalChange.Set(ServerField, target));
            }
        }
        changes.AddRange(PrincipalChange.AddAndRemove(ServerField, Add ?? [], Remove ?? []));
    }

    // The difference to nothing would leave in place what could not be read.
    private void ThrowIfUnknown(MailPrincipal current)
    {
        string name = Field.ToString();
        if (current.UnknownParts.Contains(name))
        {
            throw UnreadParts.CreateError(current, name, $"{name} of '{current}' cannot be set as a whole: what it is now is unknown.");
        }
    }
}
