namespace MailAdmin.Client.Api.Principals;

/// <summary>The addresses of an account, a group or a list of a server from 0.16 on: each but the first can be switched off, and is then not lost.</summary>
/// <param name="Enabled">Those that work, the name first, and the domains that it is the catch-all of.</param>
/// <param name="Disabled">Those that are switched off.</param>
internal sealed record JmapAddresses(IReadOnlyList<string> Enabled, IReadOnlyList<string> Disabled)
{
    /// <summary>Those of a principal.</summary>
    public static JmapAddresses Of(MailPrincipal principal) => new(StoredFields.GetItems(principal, PrincipalField.Emails), StoredFields.GetItems(principal, PrincipalField.DisabledEmails));

    /// <summary>The addresses after changes. None is switched on but by a change that says so, and none that is off goes but by its removal.</summary>
    /// <param name="name">The name of the principal.</param>
    /// <param name="changes">Changes, those of addresses among them.</param>
    /// <exception cref="MailServerException"><c>RejectedByClient</c> where one that is off is to be added, and for one to switch off that cannot be.</exception>
    public JmapAddresses Apply(string name, IEnumerable<PrincipalChange> changes)
    {
        ILookup<string, PrincipalChange> fields = changes.ToLookup(change => change.Field);
        JmapAddresses edited = this with { Enabled = JmapPrincipalPatch.Apply(Enabled, fields[PrincipalField.Emails], MailAddress.Comparer) };
        edited = edited with { Disabled = [.. Disabled.Where(address => !fields[PrincipalField.Emails].Any(change => change.Action == PrincipalAction.RemoveItem && MailAddress.Comparer.Equals(change.Text, address)))] };
        foreach (PrincipalChange change in fields[PrincipalField.DisabledEmails])
        {
            edited = change.Action == PrincipalAction.RemoveItem ? edited.SwitchOn(change.Text!) : edited.SwitchOff(name, change.Text!);
        }
        return edited.Enabled.Except(Enabled, MailAddress.Comparer).FirstOrDefault(address => edited.Disabled.Contains(address, MailAddress.Comparer)) is not { } both ? edited
            : throw CreateRefusal($"'{both}' is an address of '{name}' already, and switched off. To switch it on, use Set-MailPrincipal {name} -EnableEmail {both}.");
    }

    private JmapAddresses SwitchOn(string address) => Disabled.FirstOrDefault(other => MailAddress.Comparer.Equals(other, address)) is not { } stored ? this
        : new JmapAddresses([.. Enabled.Where(other => !MailAddress.Comparer.Equals(other, stored)), stored], [.. Disabled.Where(other => other != stored)]);

    private JmapAddresses SwitchOff(string name, string address)
    {
        if (Disabled.Contains(address, MailAddress.Comparer))
        {
            return this;
        }
        if (MailAddress.Comparer.Equals(address, name))
        {
            throw CreateRefusal($"'{address}' cannot be switched off: from 0.16 on it is the name of the principal. To keep an account from signing in, use Disable-MailPrincipal; to give it another address, rename it with -NewName.");
        }
        return !MailAddress.IsCatchAll(address) && Enabled.FirstOrDefault(other => MailAddress.Comparer.Equals(other, address)) is { } stored
            ? new JmapAddresses([.. Enabled.Where(other => other != stored)], [.. Disabled, stored])
            : throw CreateRefusal($"'{address}' cannot be switched off: {(MailAddress.IsCatchAll(address) ? "a catch-all is removed with -RemoveEmail" : $"it is no address of '{name}'")}.");
    }

    private static MailServerException CreateRefusal(string message) => MailServerException.CreateRefusal(Operations.CallJmap, PrincipalField.DisabledEmails, message);
}
