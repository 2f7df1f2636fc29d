// What Set-MailPrincipal does to one list of a principal: exactly these, these more, these less, or none.
using MailAdmin.Client;

namespace MailAdmin.PowerShell.Cmdlets.Principal;

/// <summary>The edit of one list field.</summary>
internal sealed record ListEdit(
    string ServerField, ClearablePrincipalField Field, string[]? Replacement, string[]? Add, string[]? Remove, Func<MailPrincipal, StringList> GetCurrent)
{
    // The server's "set" on one of these three wipes the other two (they share one table), so it is never sent.
    private bool IsMembership => ServerField is PrincipalField.Roles or PrincipalField.MemberOf or PrincipalField.Lists;

    /// <summary>Whether the principal must be read first: the difference to a list of memberships is what travels.</summary>
    public bool NeedsCurrent(bool cleared) => IsMembership && (cleared || Replacement is not null);

    /// <summary>Adds the steps of this edit.</summary>
    public void AppendChanges(List<PrincipalChange> changes, bool cleared, MailPrincipal? current)
    {
        if (cleared || Replacement is not null)
        {
            string[] wanted = cleared ? [] : Replacement!;
            if (IsMembership)
            {
                AppendDifference(changes, wanted, GetCurrent(current!));
            }
            else
            {
                changes.Add(PrincipalChange.Set(ServerField, wanted));
            }
        }
        changes.AddRange((Add ?? []).Select(item => PrincipalChange.Add(ServerField, item)));
        changes.AddRange((Remove ?? []).Select(item => PrincipalChange.Remove(ServerField, item)));
    }

    // Additions first: an account must not be without a role in between.
    private void AppendDifference(List<PrincipalChange> changes, string[] wanted, StringList has)
    {
        changes.AddRange(wanted.Where(item => !has.Contains(item)).Select(item => PrincipalChange.Add(ServerField, item)));
        changes.AddRange(has.Where(item => !wanted.Contains(item)).Select(item => PrincipalChange.Remove(ServerField, item)));
    }
}
