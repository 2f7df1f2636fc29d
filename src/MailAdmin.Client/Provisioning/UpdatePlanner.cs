using MailAdmin.Client.Api.Principals;

namespace MailAdmin.Client.Provisioning;

/// <summary>Plans a row whose principal exists: what differs is changed.</summary>
internal sealed class UpdatePlanner
{
    private readonly RowContext _context;
    private readonly MailPrincipal _existing;
    private readonly ImportLookup _directory;
    private readonly ImportOptions _options;
    private readonly List<PrincipalChange> _changes = [];
    private readonly List<string> _descriptions = [];

    private UpdatePlanner(RowContext context, MailPrincipal existing, ImportLookup directory, ImportOptions options) =>
        (_context, _existing, _directory, _options) = (context, existing, directory, options);

    public static PlannedRow Plan(RowContext context, MailPrincipal existing, ImportLookup directory, ImportOptions options, int level)
    {
        var update = new UpdatePlanner(context, existing, directory, options);
        update.Compare();
        bool resets = options.ResetPassword && context.Spec.Password is not null;
        if (resets)
        {
            update._descriptions.Add("Password set");
        }

        return new PlannedRow
        {
            Row = context.Number,
            Identity = context.Name,
            Type = context.Type,
            Action = update._descriptions.Count > 0 ? PlannedAction.Update : PlannedAction.Unchanged,
            DependencyLevel = level,
            PrincipalChanges = update._changes,
            Password = resets ? context.Spec.Password : null,
            Warnings = context.Warnings,
            Changes = update._descriptions,
        };
    }

    private void Compare()
    {
        PrincipalSpec spec = _context.Spec;
        CompareText(ImportField.Description, PrincipalField.Description, spec.Description, _existing.Description);
        CompareQuota(spec.Quota);
        CompareEmail(GetStored(PrincipalField.Emails));
        CompareReference(ImportField.MemberOf, PrincipalField.MemberOf);
        CompareReference(ImportField.List, PrincipalField.Lists);
        CompareReference(ImportField.Role, PrincipalField.Roles);
        CompareReference(ImportField.Member, PrincipalField.Members);
        CompareItems(ImportField.ExternalMember, PrincipalField.ExternalMembers, GetExternalMembers());
        CompareItems(ImportField.EnabledPermission, PrincipalField.EnabledPermissions, spec.EnabledPermission);
        CompareDisabledPermissions(GetStored(PrincipalField.DisabledPermissions));
        CompareItems(ImportField.Url, PrincipalField.Urls, spec.Url);
        CompareText(ImportField.Tenant, PrincipalField.Tenant, spec.Tenant, _existing.Tenant);
        CompareText(ImportField.Picture, PrincipalField.Picture, spec.Picture, _existing.Picture);
        CompareText(ImportField.Locale, PrincipalField.Locale, spec.Locale, _existing.Locale);
    }

    private IReadOnlyList<string> GetStored(string name) => StoredFields.GetItems(_existing, name);

    private void CompareText(ImportField field, string name, string? desired, string? existing)
    {
        if (desired is null || desired == existing)
        {
            return;
        }

        _changes.Add(PrincipalChange.Set(name, desired));
        _descriptions.Add(field == ImportField.Picture ? "Picture" : $"{field} '{existing}' → '{desired}'");
    }

    private void CompareQuota(long? desired)
    {
        if (desired is not { } quota || quota == _existing.Quota)
        {
            return;
        }

        _changes.Add(PrincipalChange.Set(PrincipalField.Quota, (ulong)quota));
        _descriptions.Add($"Quota {ByteSize.Format(_existing.Quota ?? 0)} → {ByteSize.Format(quota)}");
    }

    /// <summary>
    /// Missing addresses are added. The order matters only where the row marks a primary address or the list is to be exact: then the
    /// list is set as a whole, since an added address goes last.
    /// </summary>
    private void CompareEmail(IReadOnlyList<string> stored)
    {
        if (_context.Spec.Email is not { } given)
        {
            return;
        }

        // What somebody switched off a file does not switch on.
        string[] off = [.. given.Intersect(GetStored(PrincipalField.DisabledEmails), MailAddress.Comparer)];
        if (off.Length > 0)
        {
            _context.Warnings.Add($"{string.Join(", ", off.Select(address => $"'{address}'"))} of '{_context.Name}' is switched off on the server, and stays so. To switch it on, use Set-MailPrincipal -EnableEmail.");
        }

        IReadOnlyList<string> desired = off.Length == 0 ? given : [.. given.Except(off)];

        List<string> target = [.. _options.Replace ? desired : stored.Union(desired)];
        if (_context.Spec.PrimaryEmail is { } primary && target.Remove(primary))
        {
            target.Insert(0, primary);
        }

        if (target.SequenceEqual(stored))
        {
            return;
        }

        bool appends = target.Count > stored.Count && target.Take(stored.Count).SequenceEqual(stored);
        if (appends)
        {
            _changes.AddRange(target.Skip(stored.Count).Select(address => PrincipalChange.Add(PrincipalField.Emails, address)));
        }
        else
        {
            _changes.Add(PrincipalChange.Set(PrincipalField.Emails, target));
        }

        AddDescriptions(ImportField.Email, target.Except(stored), stored.Except(target));
        if (_existing.PrimaryEmail is { } former && former != target[0])
        {
            _descriptions.Add($"PrimaryEmail {former} → {target[0]}");
        }
    }

    /// <summary>Memberships are added and removed one by one: setting one of these fields as a whole empties the other two.</summary>
    private void CompareReference(ImportField field, string name)
    {
        IReadOnlyList<string> existing = GetStored(name);
        IReadOnlyList<string> assigned = _context.GetAssigned(name);
        IEnumerable<string> added = assigned.Count == 0 ? [] : assigned.Except(existing);
        IEnumerable<string> removed = _options.Replace && _context.GetRequested(name) is { } wanted
            ? existing.Except(wanted).Except(assigned).Where(item => !IsRequestedByOtherRow(name, item))
            : [];
        AddItemChanges(field, name, [.. added], [.. removed]);
    }

    /// <summary>Whether the other side's row asks for the membership: then it is not removed from this side.</summary>
    private bool IsRequestedByOtherRow(string name, string item)
    {
        if (_directory.FindRow(item) is not { } other)
        {
            return false;
        }

        string? field = name == PrincipalField.Members ? TypeFields.GetMembershipField(_context.Type) : PrincipalField.Members;
        return field is not null && other.GetRequested(field)?.Contains(_context.Name) == true;
    }

    private List<string>? GetExternalMembers() =>
        _context.Spec.ExternalMember is null && _context.ExternalMembers.Count == 0
            ? null
            : [.. (_context.Spec.ExternalMember ?? []).Union(_context.ExternalMembers)];

    private void CompareDisabledPermissions(IReadOnlyList<string> stored)
    {
        PrincipalSpec spec = _context.Spec;
        if (spec.DisabledPermission is null && spec.Enabled is null)
        {
            return;
        }

        bool replace = _options.Replace && spec.DisabledPermission is not null;
        List<string> target = [.. replace ? spec.DisabledPermission! : stored.Union(spec.DisabledPermission ?? [])];
        if (spec.Enabled == true)
        {
            target.Remove(MailPrincipal.AuthenticatePermission);
        }
        else if (spec.Enabled == false && !target.Contains(MailPrincipal.AuthenticatePermission))
        {
            target.Add(MailPrincipal.AuthenticatePermission);
        }

        string[] added = [.. target.Except(stored)];
        string[] removed = [.. stored.Except(target)];
        _changes.AddRange(PrincipalChange.AddAndRemove(PrincipalField.DisabledPermissions, added, removed));
        bool isEnabled = !stored.Contains(MailPrincipal.AuthenticatePermission);
        if (isEnabled == target.Contains(MailPrincipal.AuthenticatePermission))
        {
            _descriptions.Add($"Enabled {isEnabled} → {!isEnabled}");
        }

        AddDescriptions(ImportField.DisabledPermission, added.Except([MailPrincipal.AuthenticatePermission]), removed.Except([MailPrincipal.AuthenticatePermission]));
    }

    private void CompareItems(ImportField field, string name, IReadOnlyList<string>? desired)
    {
        if (desired is not null)
        {
            IReadOnlyList<string> existing = GetStored(name);
            AddItemChanges(field, name, [.. desired.Except(existing)], _options.Replace ? [.. existing.Except(desired)] : []);
        }
    }

    private void AddItemChanges(ImportField field, string name, string[] added, string[] removed)
    {
        _changes.AddRange(PrincipalChange.AddAndRemove(name, added, removed));
        AddDescriptions(field, added, removed);
    }

    private void AddDescriptions(ImportField field, IEnumerable<string> added, IEnumerable<string> removed)
    {
        _descriptions.AddRange(removed.Select(item => $"{field} - {item}"));
        _descriptions.AddRange(added.Select(item => $"{field} + {item}"));
    }
}
