using MailAdmin.Client;

namespace MailAdmin.PowerShell.Cmdlets.Principal;

/// <summary>Checks, describes and orders the changes of a principal.</summary>
internal static class PrincipalEdit
{
    /// <exception cref="ArgumentException">The parameters contradict each other.</exception>
    public static void ThrowIfConflicting(IEnumerable<ListEdit> edits, ClearablePrincipalField[]? cleared)
    {
        foreach (ListEdit edit in edits)
        {
            bool clears = cleared?.Contains(edit.Field) == true;
            if ((clears || edit.Replacement is not null) && (edit.Add is not null || edit.Remove is not null))
            {
                throw new ArgumentException($"-{edit.Field} and -Clear {edit.Field} set the whole list. They cannot be combined with -Add{edit.Field} and -Remove{edit.Field}.");
            }
            if (clears && edit.Replacement is not null)
            {
                throw new ArgumentException($"-Clear {edit.Field} cannot be combined with -{edit.Field}.");
            }
            if (edit.Add?.Intersect(edit.Remove ?? [], MailAddress.Comparer).FirstOrDefault() is { } duplicate)
            {
                throw new ArgumentException($"'{duplicate}' is in both -Add{edit.Field} and -Remove{edit.Field}. Specify it in only one of them.");
            }
        }
    }

    /// <exception cref="ArgumentException">A field is to be set and emptied.</exception>
    public static void ThrowIfConflicting(IEnumerable<string> parameters, ClearablePrincipalField[]? cleared)
    {
        if (cleared?.Select(field => field.ToString()).Intersect(parameters, StringComparer.OrdinalIgnoreCase).FirstOrDefault() is { } both)
        {
            throw new ArgumentException($"-Clear {both} cannot be combined with -{both}.");
        }
    }

    /// <exception cref="ArgumentException">The primary address is also to be removed.</exception>
    public static void ThrowIfRemoved(string? primary, string[]? removed)
    {
        if (primary is not null && removed?.FirstOrDefault(address => MailAddress.Comparer.Equals(address, primary)) is { } both)
        {
            throw new ArgumentException($"'{both}' is to be removed and to be the primary address: -PrimaryEmail and -RemoveEmail name the same one.");
        }
    }

    /// <exception cref="ArgumentException">An address is to be switched off, and on or away.</exception>
    public static void ThrowIfSwitchedTwice(string[]? disabled, string[]? enabled, string[]? removed)
    {
        if (disabled?.Intersect([.. enabled ?? [], .. removed ?? []], MailAddress.Comparer).FirstOrDefault() is { } both)
        {
            throw new ArgumentException($"'{both}' is to be switched off, and on or removed. Specify it in one of -DisableEmail, -EnableEmail and -RemoveEmail.");
        }
    }

    /// <summary>Replaces the addresses by the same ones with <paramref name="primary"/> first.</summary>
    public static void SetPrimaryAddress(List<PrincipalChange> changes, string primary, MailPrincipal current, string[] replacement, string[] added, string[] removed)
    {
        StringList stored = current.Email ?? StringList.Empty;
        changes.RemoveAll(change => change.Field == PrincipalField.Emails && change.Action != PrincipalAction.RemoveItem);
        IEnumerable<string> rest = (replacement.Length > 0 ? replacement : stored.Concat(added))
            .Except(removed, MailAddress.Comparer)
            .Where(address => !MailAddress.Comparer.Equals(address, primary));
        string[] target = [primary, .. rest];
        if (!target.SequenceEqual(stored, MailAddress.Comparer))
        {
            changes.Add(PrincipalChange.Set(PrincipalField.Emails, target));
        }
    }

    /// <summary>What will be changed, for the confirmation prompt. Never a secret.</summary>
    public static string Describe(IEnumerable<PrincipalChange> changes, bool password, MailPrincipal? current)
    {
        IEnumerable<string> parts = changes.Select(Describe);
        if (password)
        {
            parts = parts.Append("set a new password");
        }
        string text = string.Join(", ", parts);
        return current is { MemberCount: > 0 } && current.Type == PrincipalType.Domain && changes.Any(c => c.Field == PrincipalField.Name)
            ? $"{text} (its {current.MemberCount} addresses keep the old name, which is then not a domain of this server: change them afterwards)"
            : text;
    }

    private static string Describe(PrincipalChange change)
    {
        string value = change.Items is { } items ? string.Join(';', items)
            : change.Number is { } number ? ByteSize.Format((long)number)
            : change.Text ?? "";
        if (change.Field == PrincipalField.DisabledEmails)
        {
            return $"switch '{value}' {(change.Action == PrincipalAction.RemoveItem ? "on" : "off")}";
        }
        return change.Action switch
        {
            PrincipalAction.AddItem => $"add '{value}' to {change.Field}",
            PrincipalAction.RemoveItem => $"remove '{value}' from {change.Field}",
            _ when value.Length == 0 => $"empty {change.Field}",
            _ => $"set {change.Field} to '{value}'",
        };
    }
}
