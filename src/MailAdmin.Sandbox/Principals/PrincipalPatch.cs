using MailAdmin.Sandbox.Access;
using MailAdmin.Sandbox.Api;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Principals;

/// <summary>Applies the lines of a PATCH in order to a copy of the record; the copy replaces it only if all of them succeed.</summary>
internal sealed class PrincipalPatch
{
    private readonly PrincipalStore _store;
    private readonly Principal _original;
    private readonly Principal _working;
    private readonly uint? _tenant;
    private readonly PermissionSet _grantable;
    private readonly uint[] _originalMembers;
    private readonly bool _assignsTenants;
    private List<uint> _members;

    private PrincipalPatch(PrincipalStore store, Principal original, uint? tenant, PermissionSet grantable, bool assignsTenants)
    {
        _store = store;
        _original = original;
        _tenant = tenant;
        _grantable = grantable;
        _assignsTenants = assignsTenants;
        _working = original.Copy();
        _originalMembers = store.GetMemberIds(original.Id);
        _members = [.. _originalMembers];
    }

    /// <summary>Applies all lines or none.</summary>
    public static void Apply(PrincipalStore store, uint id, IEnumerable<PrincipalChange> changes, Caller caller, bool assignsTenants = true) =>
        Apply(store, id, changes, caller.Tenant, caller.Permissions, assignsTenants);

    /// <summary>Applies all lines or none, for a caller who may grant what <paramref name="grantable"/> holds.</summary>
    public static void Apply(PrincipalStore store, uint id, IEnumerable<PrincipalChange> changes, uint? tenant, PermissionSet grantable, bool assignsTenants = true)
    {
        lock (store.Gate)
        {
            Principal original = store.Find(id) ?? throw ApiException.NotFound("");
            var patch = new PrincipalPatch(store, original, tenant, grantable, assignsTenants);
            foreach (PrincipalChange change in changes)
            {
                patch.Apply(change);
            }

            patch.Commit();
        }
    }

    private void Commit()
    {
        _store.Replace(_original, _working);
        foreach (uint member in _originalMembers.Except(_members))
        {
            _store.RemoveMember(member, _working.Id);
        }

        foreach (uint member in _members.Except(_originalMembers))
        {
            _store.AddMember(member, _working.Id);
        }
    }

    private void Apply(PrincipalChange change)
    {
        if ((change.Field & PrincipalFields.AffectingAccess) != 0)
        {
            _working.Revision++;
        }

        switch (change.Field)
        {
            case PrincipalField.Name when change is { Action: ChangeAction.Set, Value: PrincipalValue.Text name }:
                SetName(name.Value.ToLowerInvariant());
                break;
            case PrincipalField.Description when change is { Action: ChangeAction.Set, Value: PrincipalValue.Text text }:
                _working.Description = text.Value.Length == 0 ? null : text.Value;
                break;
            case PrincipalField.Picture when change is { Action: ChangeAction.Set, Value: PrincipalValue.Text text }:
                _working.Picture = text.Value.Length == 0 ? null : text.Value;
                break;
            case PrincipalField.Locale when change is { Action: ChangeAction.Set, Value: PrincipalValue.Text text }:
                _working.Locale = text.Value.Length == 0 ? null : text.Value;
                break;
            case PrincipalField.Tenant when change is { Action: ChangeAction.Set, Value: PrincipalValue.Text name } && _tenant is null && _assignsTenants:
                SetTenant(name.Value);
                break;
            case PrincipalField.Quota when change.Action == ChangeAction.Set:
                SetQuota(change);
                break;
            case PrincipalField.Secrets:
                ChangeSecrets(change);
                break;
            case PrincipalField.Emails:
                ChangeEmails(change);
                break;
            case PrincipalField.MemberOf or PrincipalField.Lists or PrincipalField.Roles:
                ChangeMemberships(change);
                break;
            case PrincipalField.Members:
                ChangeMembers(change);
                break;
            case PrincipalField.EnabledPermissions:
                _working.EnabledPermissions = ChangePermissions(_working.EnabledPermissions, change, _grantable);
                break;
            case PrincipalField.DisabledPermissions:
                _working.DisabledPermissions = ChangePermissions(_working.DisabledPermissions, change, _store.Dialect.Permissions.Admin);
                break;
            case PrincipalField.Urls:
                _working.Urls = ChangeTexts(_working.Urls, change, url => url);
                break;
            case PrincipalField.ExternalMembers:
                _working.ExternalMembers = ChangeTexts(_working.ExternalMembers, change, AddressRules.NormalizeExternal);
                break;
            default:
                throw CreateInvalidValue(change);
        }
    }

    private void SetName(string name)
    {
        if (name == _working.Name)
        {
            return;
        }

        if (_tenant is not null && _working.Type is not (PrincipalType.Tenant or PrincipalType.Domain))
        {
            AddressRules.RequireNameInTenant(_store, name, _tenant);
        }

        if (_store.Find(name) is not null)
        {
            throw ApiException.AlreadyExists("name", name);
        }

        _working.Name = name;
    }

    private void SetTenant(string name)
    {
        if (name.Length == 0)
        {
            _working.Tenant = null;
            return;
        }

        Principal found = _store.Find(name) ?? throw ApiException.NotFound(name);
        _working.Tenant = found.Type == PrincipalType.Tenant ? found.Id : throw ApiException.Other("Not a tenant", $"Principal \"{name}\" is not a tenant");
    }

    private void SetQuota(PrincipalChange change)
    {
        bool takesQuota = _working.Type is PrincipalType.Individual or PrincipalType.Group or PrincipalType.Tenant;
        _working.Quota = change.Value switch
        {
            PrincipalValue.Number when takesQuota => change.Value,
            PrincipalValue.Text { Value: "" } when takesQuota => null,
            PrincipalValue.Numbers { Values.Length: <= 13 } when _working.Type == PrincipalType.Tenant => change.Value,
            _ => throw CreateInvalidValue(change),
        };
    }

    private void ChangeSecrets(PrincipalChange change)
    {
        string[] secrets = _working.Secrets ?? [];
        bool isOne = _store.Dialect.AllowsOnePasswordOnly;
        _working.Secrets = (change.Action, change.Value) switch
        {
            (ChangeAction.Set, PrincipalValue.Texts texts) when isOne => SinglePasswordRules.Normalize(texts.Values),
            (ChangeAction.AddItem, PrincipalValue.Text text) when isOne => SinglePasswordRules.Add(secrets, text.Value),
            (ChangeAction.Set, PrincipalValue.Text text) => [text.Value],
            (ChangeAction.Set, PrincipalValue.Texts texts) => texts.Values,
            (ChangeAction.AddItem, PrincipalValue.Text text) when secrets.Contains(text.Value) => _working.Secrets,
            (ChangeAction.AddItem, PrincipalValue.Text text) when SecretKinds.IsTotp(text.Value) => [text.Value, .. secrets],
            (ChangeAction.AddItem, PrincipalValue.Text text) => [.. secrets, text.Value],
            (ChangeAction.RemoveItem, PrincipalValue.Text text) => FilterOrNull(_working.Secrets, secret => !IsRemoved(secret, text.Value)),
            _ => throw CreateInvalidValue(change),
        };
    }

    /// <summary>"" matches every plain password, or from 0.14 everything else; an app password or TOTP secret is matched by its beginning, anything else exactly.</summary>
    private bool IsRemoved(string secret, string value)
    {
        if (SecretKinds.IsAppPassword(value) || SecretKinds.IsTotp(value))
        {
            return secret.StartsWith(value, StringComparison.Ordinal);
        }

        if (_store.Dialect.AllowsOnePasswordOnly)
        {
            return SinglePasswordRules.IsRemoved(secret, value);
        }

        return value.Length == 0 ? SecretKinds.IsPassword(secret) : secret == value;
    }

    private void ChangeEmails(PrincipalChange change)
    {
        string[] emails = _working.Emails ?? [];
        switch (change.Action, change.Value)
        {
            case (ChangeAction.Set, PrincipalValue.Texts texts):
                string[] newEmails = Array.ConvertAll(texts.Values, address => address.ToLowerInvariant());
                foreach (string address in newEmails.Except(emails))
                {
                    RequireAddress(address);
                }

                _working.Emails = newEmails;
                break;
            case (ChangeAction.AddItem, PrincipalValue.Text text):
                string added = text.Value.ToLowerInvariant();
                if (emails.Contains(added))
                {
                    break;
                }

                RequireAddress(added);
                _working.Emails = [.. emails, added];
                break;
            case (ChangeAction.RemoveItem, PrincipalValue.Text text):
                string removed = text.Value.ToLowerInvariant();
                if (emails.Contains(removed))
                {
                    _working.Emails = FilterOrNull(emails, address => address != removed);
                }

                break;
            default:
                throw CreateInvalidValue(change);
        }
    }

    private void RequireAddress(string address)
    {
        if (_working.Type != PrincipalType.OAuthClient)
        {
            AddressRules.RequireUnused(_store, address, _tenant);
        }
    }

    private void ChangeMemberships(PrincipalChange change)
    {
        switch (change.Action, change.Value)
        {
            // The table is shared: every group, list and role that the new list does not name is removed.
            case (ChangeAction.Set, PrincipalValue.Texts texts):
                _working.Memberships = SortDistinct(texts.Values.Select(name => RequireContainer(change.Field, name, allowExisting: false)));
                break;
            case (ChangeAction.AddItem, PrincipalValue.Text text):
                _working.Memberships = SortDistinct(_working.Memberships.Append(RequireContainer(change.Field, text.Value, allowExisting: true)));
                break;
            case (ChangeAction.RemoveItem, PrincipalValue.Text text):
                uint? id = _store.Find(text.Value)?.Id ?? (change.Field == PrincipalField.Roles ? BuiltInRoles.FindId(text.Value) : null);
                _working.Memberships = Array.FindAll(_working.Memberships, container => container != id);
                break;
            default:
                throw CreateInvalidValue(change);
        }
    }

    /// <param name="field">One of the three membership fields.</param>
    /// <param name="name">The group, list or role.</param>
    /// <param name="allowExisting">Whether an existing membership is accepted unchecked.</param>
    private uint RequireContainer(PrincipalField field, string name, bool allowExisting)
    {
        uint? builtIn = field == PrincipalField.Roles ? BuiltInRoles.FindId(name) : null;
        Principal? container = builtIn is null ? _store.Require(name, _tenant) : null;
        uint id = builtIn ?? container!.Id;
        if (allowExisting && _working.Memberships.Contains(id))
        {
            return id;
        }

        return MembershipRules.CanJoin(_working.Type, field, container?.Type ?? PrincipalType.Role)
            ? id
            : throw ApiException.Other("Invalid membership", $"Principal \"{name}\" cannot be added here.");
    }

    private void ChangeMembers(PrincipalChange change)
    {
        switch (change.Action, change.Value)
        {
            case (ChangeAction.Set, PrincipalValue.Texts texts):
                _members = [.. texts.Values.Select(name => RequireMember(name, allowExisting: false)).Distinct()];
                break;
            case (ChangeAction.AddItem, PrincipalValue.Text text):
                uint added = RequireMember(text.Value, allowExisting: true);
                if (!_members.Contains(added))
                {
                    _members.Add(added);
                }

                break;
            case (ChangeAction.RemoveItem, PrincipalValue.Text text):
                if (_store.Find(text.Value) is { } removed)
                {
                    _members.Remove(removed.Id);
                }

                break;
            default:
                throw CreateInvalidValue(change);
        }
    }

    private uint RequireMember(string name, bool allowExisting)
    {
        Principal member = _store.Require(name, _tenant);
        if (allowExisting && _members.Contains(member.Id))
        {
            return member.Id;
        }

        return MembershipRules.CanHold(_working.Type, member.Type)
            ? member.Id
            : throw ApiException.Other("Invalid members value", $"Principal \"{name}\" cannot be a member.");
    }

    private int[]? ChangePermissions(int[]? current, PrincipalChange change, PermissionSet grantable)
    {
        int[] permissions = (change.Action, change.Value) switch
        {
            (ChangeAction.Set, PrincipalValue.Texts texts) => [.. texts.Values.Select(name => ParseGrantable(name, grantable)).Distinct()],
            (ChangeAction.AddItem, PrincipalValue.Text text) => [.. (current ?? []).Append(ParseGrantable(text.Value, grantable)).Distinct()],
            (ChangeAction.RemoveItem, PrincipalValue.Text text) => [.. (current ?? []).Except([ParseGrantable(text.Value, _store.Dialect.Permissions.Admin)])],
            _ => throw CreateInvalidValue(change),
        };
        return permissions.Length == 0 ? null : permissions;
    }

    private int ParseGrantable(string name, PermissionSet grantable) => PermissionNames.ParseGrantable(name, _store.Dialect.Permissions, grantable);

    private static string[]? ChangeTexts(string[]? current, PrincipalChange change, Func<string, string> check)
    {
        switch (change.Action, change.Value)
        {
            case (ChangeAction.Set, PrincipalValue.Texts texts):
                return texts.Values.Length == 0 ? null : Array.ConvertAll(texts.Values, text => check(text));
            case (ChangeAction.AddItem, PrincipalValue.Text text):
                string added = check(text.Value);
                return (current ?? []).Contains(added) ? current : [.. current ?? [], added];
            case (ChangeAction.RemoveItem, PrincipalValue.Text text):
                return (current ?? []).Contains(text.Value) ? FilterOrNull(current, item => item != text.Value) : current;
            default:
                throw CreateInvalidValue(change);
        }
    }

    /// <summary>A list that loses its last item becomes absent; only one that is set to an empty list stays as <c>[]</c>.</summary>
    private static string[]? FilterOrNull(string[]? items, Predicate<string> keep)
    {
        if (items is null)
        {
            return null;
        }

        string[] kept = Array.FindAll(items, keep);
        return kept.Length == 0 ? null : kept;
    }

    private static uint[] SortDistinct(IEnumerable<uint> ids) => [.. ids.Distinct().Order()];

    private static ApiException CreateInvalidValue(PrincipalChange change) => ApiException.Other("Invalid parameter", $"Invalid value for {change.Field}");
}
