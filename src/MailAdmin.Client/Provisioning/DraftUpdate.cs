// From a row and what exists to the difference.
namespace MailAdmin.Client.Provisioning;

internal sealed class DraftUpdate
{
    private const string SignIn = "authenticate";

    private readonly Draft _draft;
    private readonly MailPrincipal _existing;
    private readonly DraftDirectory _directory;
    private readonly ImportOptions _options;
    private readonly List<PrincipalChange> _changes = [];
    private readonly List<string> _words = [];

    private DraftUpdate(Draft draft, MailPrincipal existing, DraftDirectory directory, ImportOptions options) =>
        (_draft, _existing, _directory, _options) = (draft, existing, directory, options);

    public static PlannedRow Plan(Draft draft, MailPrincipal existing, DraftDirectory directory, ImportOptions options, int wave)
    {
        var update = new DraftUpdate(draft, existing, directory, options);
        update.Compare();
        bool resets = options.ResetPassword && draft.Desired.Password is not null;
        if (resets)
        {
            update._words.Add("Password set");
        }

        return new PlannedRow
        {
            Row = draft.Desired.Row,
            Identity = draft.Name,
            Type = draft.Type,
            Action = update._words.Count > 0 ? PlannedAction.Update : PlannedAction.Unchanged,
            Wave = wave,
            PrincipalChanges = update._changes,
            Password = resets ? draft.Desired.Password : null,
            Changes = update._words,
        };
    }

    private void Compare()
    {
        DesiredPrincipal desired = _draft.Desired;
        Text(ImportField.Description, PrincipalField.Description, desired.Description, _existing.Description);
        Quota(desired.Quota);
        Email();
        Reference(ImportField.MemberOf, PrincipalField.MemberOf, _existing.MemberOf);
        Reference(ImportField.List, PrincipalField.Lists, _existing.List);
        Reference(ImportField.Role, PrincipalField.Roles, _existing.Role);
        Reference(ImportField.Member, PrincipalField.Members, _existing.Member);
        Items(ImportField.ExternalMember, PrincipalField.ExternalMembers, ExternalMembers(), _existing.ExternalMember);
        Items(ImportField.EnabledPermission, PrincipalField.EnabledPermissions, desired.EnabledPermission, _existing.EnabledPermission);
        DisabledPermissions();
        Items(ImportField.Url, PrincipalField.Urls, desired.Url, _existing.Url);
        Text(ImportField.Tenant, PrincipalField.Tenant, desired.Tenant, _existing.Tenant);
        Text(ImportField.Picture, PrincipalField.Picture, desired.Picture, _existing.Picture);
        Text(ImportField.Locale, PrincipalField.Locale, desired.Locale, _existing.Locale);
    }

    private void Text(ImportField field, string name, string? desired, string? existing)
    {
        if (desired is null || desired == existing)
        {
            return;
        }

        _changes.Add(PrincipalChange.Set(name, desired));
        _words.Add(field == ImportField.Picture ? "Picture" : $"{field} '{existing}' → '{desired}'");
    }

    private void Quota(long? desired)
    {
        if (desired is not { } quota || quota == _existing.Quota)
        {
            return;
        }

        _changes.Add(PrincipalChange.Set(PrincipalField.Quota, (ulong)quota));
        _words.Add($"Quota {ByteSize.Format(_existing.Quota)} → {ByteSize.Format(quota)}");
    }

    /// <summary>
    /// Missing addresses are added. The order counts only where the row marks a primary address or is to be exact: then the
    /// list is set as a whole, since an address that is added goes last.
    /// </summary>
    private void Email()
    {
        if (_draft.Desired.Email is not { } desired)
        {
            return;
        }

        List<string> target = [.. _options.Replace ? desired : _existing.Email.Union(desired)];
        if (_draft.Desired.PrimaryEmail is { } primary && target.Remove(primary))
        {
            target.Insert(0, primary);
        }

        if (target.SequenceEqual(_existing.Email))
        {
            return;
        }

        bool appends = target.Count > _existing.Email.Count && target.Take(_existing.Email.Count).SequenceEqual(_existing.Email);
        if (appends)
        {
            _changes.AddRange(target.Skip(_existing.Email.Count).Select(address => PrincipalChange.Add(PrincipalField.Emails, address)));
        }
        else
        {
            _changes.Add(PrincipalChange.Set(PrincipalField.Emails, target));
        }

        Say(ImportField.Email, target.Except(_existing.Email), _existing.Email.Except(target));
        if (_existing.PrimaryEmail is { } former && former != target[0])
        {
            _words.Add($"PrimaryEmail {former} → {target[0]}");
        }
    }

    /// <summary>Memberships by addItem and removeItem alone: a set of one of them wipes the others.</summary>
    private void Reference(ImportField field, string name, StringList existing)
    {
        IEnumerable<string> added = _draft.Sent(name).Except(existing);
        IEnumerable<string> removed = _options.Replace && _draft.Wanted(name) is { } wanted
            ? existing.Except(wanted).Except(_draft.Sent(name)).Where(item => !IsSaidByOther(name, item))
            : [];
        Apply(field, name, [.. added], [.. removed]);
    }

    /// <summary>Whether the row of the other side says that the membership is to be: then it is not removed from this side.</summary>
    private bool IsSaidByOther(string name, string item)
    {
        if (_directory.RowOf(item) is not { } other)
        {
            return false;
        }

        string? field = name == PrincipalField.Members ? TypeFields.MembershipFieldOf(_draft.Type) : PrincipalField.Members;
        return field is not null && other.Wanted(field)?.Contains(_draft.Name) == true;
    }

    private List<string>? ExternalMembers() =>
        _draft.Desired.ExternalMember is null && _draft.ForeignMembers.Count == 0
            ? null
            : [.. (_draft.Desired.ExternalMember ?? []).Union(_draft.ForeignMembers)];

    private void DisabledPermissions()
    {
        DesiredPrincipal desired = _draft.Desired;
        bool replace = _options.Replace && desired.DisabledPermission is not null;
        List<string> target = [.. replace ? desired.DisabledPermission! : _existing.DisabledPermission.Union(desired.DisabledPermission ?? [])];
        if (desired.Enabled == true)
        {
            target.Remove(SignIn);
        }
        else if (desired.Enabled == false && !target.Contains(SignIn))
        {
            target.Add(SignIn);
        }

        string[] added = [.. target.Except(_existing.DisabledPermission)];
        string[] removed = [.. _existing.DisabledPermission.Except(target)];
        Send(PrincipalField.DisabledPermissions, added, removed);
        if (_existing.Enabled == target.Contains(SignIn))
        {
            _words.Add($"Enabled {_existing.Enabled} → {!_existing.Enabled}");
        }

        Say(ImportField.DisabledPermission, added.Except([SignIn]), removed.Except([SignIn]));
    }

    private void Items(ImportField field, string name, IReadOnlyList<string>? desired, StringList existing)
    {
        if (desired is not null)
        {
            Apply(field, name, [.. desired.Except(existing)], _options.Replace ? [.. existing.Except(desired)] : []);
        }
    }

    private void Apply(ImportField field, string name, string[] added, string[] removed)
    {
        Send(name, added, removed);
        Say(field, added, removed);
    }

    private void Send(string name, string[] added, string[] removed)
    {
        _changes.AddRange(removed.Select(item => PrincipalChange.Remove(name, item)));
        _changes.AddRange(added.Select(item => PrincipalChange.Add(name, item)));
    }

    private void Say(ImportField field, IEnumerable<string> added, IEnumerable<string> removed)
    {
        _words.AddRange(removed.Select(item => $"{field} - {item}"));
        _words.AddRange(added.Select(item => $"{field} + {item}"));
    }
}
