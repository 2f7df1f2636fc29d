// What one row can be at fault for once the rest of the file and the server are known.
namespace MailAdmin.Client.Provisioning;

internal sealed class RowChecks(DraftDirectory directory, DirectoryState state, ImportOptions options)
{
    private const string SignIn = "authenticate";

    public void CheckAll()
    {
        CheckDuplicates();
        foreach (Draft draft in directory.Drafts)
        {
            if (draft.Name.Length == 0)
            {
                continue;
            }

            CheckName(draft);
            CheckExistence(draft);
            CheckFields(draft);
            CheckAddresses(draft);
            CheckPassword(draft);
            CheckPermissions(draft);
            ResolveReferences(draft, ImportField.MemberOf, PrincipalField.MemberOf, PrincipalType.Group);
            ResolveReferences(draft, ImportField.List, PrincipalField.Lists, PrincipalType.List);
            ResolveReferences(draft, ImportField.Role, PrincipalField.Roles, PrincipalType.Role);
            ResolveMembers(draft);
        }
    }

    /// <summary>All rows of one name or address fail: nobody but the author knows which one is right.</summary>
    private void CheckDuplicates()
    {
        foreach (List<Draft> rows in directory.RowsOfOneName.Where(rows => rows.Count > 1))
        {
            foreach (Draft draft in rows)
            {
                draft.Fault(draft.Desired.NameField, draft.Name, "NameDuplicate", $"The name '{draft.Name}' is in {Others(rows, draft)} too.");
            }
        }

        foreach ((string address, List<Draft> rows) in directory.ClaimsOfAddresses.Where(claim => claim.Value.Count > 1))
        {
            foreach (Draft draft in rows)
            {
                draft.Fault(draft.Desired.AddressField, address, "EmailDuplicate", $"The address '{address}' is in {Others(rows, draft)} too.");
            }
        }
    }

    private static string Others(List<Draft> rows, Draft draft)
    {
        int[] others = [.. rows.Where(row => row != draft).Select(row => row.Desired.Row)];
        return others.Length == 1 ? $"row {others[0]}" : $"rows {string.Join(", ", others)}";
    }

    private static void CheckName(Draft draft)
    {
        if (draft.Type == PrincipalType.Domain && !MailAddress.IsDomain(draft.Name))
        {
            draft.Fault(draft.Desired.NameField, draft.Name, "NameInvalid", $"'{draft.Name}' is no domain.");
        }
        else if (draft.Type == PrincipalType.Individual && draft.IsCreated && draft.Name.Contains(':', StringComparison.Ordinal))
        {
            draft.Fault(draft.Desired.NameField, draft.Name, "NameInvalid", "A login with a colon cannot sign in.");
        }
    }

    private void CheckExistence(Draft draft)
    {
        if (draft.Existing is { } existing && options.Mode == ImportMode.Create)
        {
            draft.Fault(draft.Desired.NameField, draft.Name, "AlreadyExists", $"'{draft.Name}' exists already.");
        }
        else if (draft.IsCreated && options.Mode == ImportMode.Update)
        {
            draft.Fault(draft.Desired.NameField, draft.Name, "NotFound", $"'{draft.Name}' does not exist.");
        }

        PrincipalType wanted = draft.Desired.Type ?? options.DefaultType;
        if (draft.Type != wanted)
        {
            draft.Fault(ImportField.Type, wanted.Name, "TypeMismatch", $"'{draft.Name}' exists as {draft.Type} and cannot become {wanted}."
                + (draft.Desired.Type is null ? " If it is meant, say so in a column named Type." : ""));
        }

        if (draft.Desired.NameIsDerived && draft.Existing is { Email.Count: > 0 } other && !other.Email.Intersect(draft.Desired.Email ?? []).Any())
        {
            draft.Fault(draft.Desired.NameField, draft.Name, "NameTaken", $"The login '{draft.Name}' belongs to someone with other addresses ({other.PrimaryEmail}). Give this row a login of its own.");
        }
    }

    private static void CheckFields(Draft draft)
    {
        DesiredPrincipal desired = draft.Desired;
        Refuse(desired.MemberOf is not null, ImportField.MemberOf);
        Refuse(desired.List is not null, ImportField.List);
        Refuse(desired.Role is not null, ImportField.Role);
        Refuse(desired.Member is not null, ImportField.Member);
        Refuse(desired.ExternalMember is not null, ImportField.ExternalMember);
        Refuse(desired.Email is not null, ImportField.Email);
        Refuse(desired.Password is not null, ImportField.Password);

        // No quota and "may sign in" are what every kind has anyway: a listing of all kinds says them of each.
        Refuse(desired.Quota > 0, ImportField.Quota);
        Refuse(desired.Enabled == false, ImportField.Enabled);
        if (draft is { IsCreated: false, Type.Word: "apiKey" } && desired.Role is not null)
        {
            draft.Fault(ImportField.Role, null, "FieldNotApplicable", "The roles of an API key cannot be changed after its creation.");
        }

        void Refuse(bool given, ImportField field)
        {
            if (given && !TypeFields.CanHave(draft.Type, field))
            {
                draft.Fault(field == ImportField.Email ? desired.AddressField : field, null, "FieldNotApplicable", $"A principal of type {draft.Type} has no {field}.");
            }
        }
    }

    private void CheckAddresses(Draft draft)
    {
        if (draft.Type == PrincipalType.OauthClient)
        {
            return;
        }

        var missing = new HashSet<string>(StringComparer.Ordinal);
        foreach (string address in draft.Desired.Email ?? [])
        {
            if (directory.OwnerOf(address) is { } owner && owner.Name != draft.Name)
            {
                draft.Fault(draft.Desired.AddressField, address, "EmailTaken", $"The address '{address}' belongs to '{owner.Name}' ({owner.Type}).");
            }

            string domain = MailAddress.DomainOf(address);
            bool kept = draft.Existing?.Email.Contains(address) == true;
            if (!kept && !directory.IsLocal(domain) && missing.Add(domain))
            {
                draft.Fault(draft.Desired.AddressField, address, "DomainMissing", $"The domain '{domain}' is neither on the server nor in the file. Create it first, or add a row of type Domain.");
            }
        }
    }

    private void CheckPassword(Draft draft)
    {
        if (!draft.IsCreated || draft.Desired.Password is not null || options.NoPassword)
        {
            return;
        }

        bool needed = draft.Type == PrincipalType.ApiKey || (draft.Type == PrincipalType.Individual && !options.GeneratePassword);

        // A password that could not be read is a fault already.
        if (needed && !draft.Faults.Exists(fault => fault.ErrorId.StartsWith("Password", StringComparison.Ordinal)))
        {
            draft.Fault(ImportField.Password, null, "PasswordMissing", "A new account needs a password or a hash. Or say -GeneratePassword, or -NoPassword.");
        }
    }

    private void CheckPermissions(Draft draft)
    {
        if (draft.Desired.Enabled == true && draft.Desired.DisabledPermission?.Contains(SignIn) == true)
        {
            draft.Fault(ImportField.Enabled, "True", "EnabledConflict", $"The row enables the account and denies it the permission '{SignIn}'.");
        }

        CheckPermissions(draft, ImportField.EnabledPermission, draft.Desired.EnabledPermission);
        CheckPermissions(draft, ImportField.DisabledPermission, draft.Desired.DisabledPermission);
    }

    private void CheckPermissions(Draft draft, ImportField field, IReadOnlyList<string>? permissions)
    {
        if (state.Permissions is null || permissions is null)
        {
            return;
        }

        foreach (string permission in permissions.Where(permission => !state.Permissions.Contains(permission)))
        {
            string suggestion = NearestName.Of(permission, state.Permissions) is { } nearest ? $" Did you mean '{nearest}'?" : "";
            draft.Fault(field, permission, "PermissionUnknown", $"There is no permission '{permission}'.{suggestion}");
        }
    }

    /// <summary>Groups, lists and roles by name, or by address where they have one.</summary>
    private void ResolveReferences(Draft draft, ImportField field, string name, PrincipalType kind)
    {
        if (draft.Wanted(name) is not { } items || !TypeFields.CanHave(draft.Type, field))
        {
            return;
        }

        for (int i = 0; i < items.Count; i++)
        {
            if (directory.TypeOf(items[i]) is null && directory.Resolve(items[i]) is { } resolved)
            {
                items[i] = resolved;
            }

            CheckReference(draft, field, items[i], kind);
        }
    }

    private void CheckReference(Draft draft, ImportField field, string item, PrincipalType kind)
    {
        if (kind == PrincipalType.Role && state.BuiltInRoles.Contains(item))
        {
            return;
        }

        PrincipalType? found = directory.TypeOf(item);
        string word = kind.Name.ToLowerInvariant();
        if (found is null && state.Knows(kind))
        {
            draft.Fault(field, item, $"{kind}Missing", $"The {word} '{item}' is neither on the server nor in the file.");
        }
        else if (found is { } other && other != kind)
        {
            draft.Fault(field, item, $"{kind}Missing", $"'{item}' is no {word}; it is of type {other}.");
        }
        else if (item == draft.Name)
        {
            draft.Fault(field, item, "MembershipCycle", $"'{item}' cannot belong to itself.");
        }
    }

    /// <summary>Members by name or address become names; addresses elsewhere become external members.</summary>
    private void ResolveMembers(Draft draft)
    {
        if (draft.Wanted(PrincipalField.Members) is not { } items || !TypeFields.CanHave(draft.Type, ImportField.Member))
        {
            return;
        }

        for (int i = items.Count - 1; i >= 0; i--)
        {
            string item = items[i];
            if (directory.Resolve(item) is { } name)
            {
                items[i] = name;
                CheckMember(draft, item, name);
            }
            else if (IsForeignAddress(item) && TypeFields.CanHave(draft.Type, ImportField.ExternalMember))
            {
                items.RemoveAt(i);
                draft.ForeignMembers.Insert(0, item);
            }
            else if (state.Knows(PrincipalType.Individual) && state.Knows(PrincipalType.Group))
            {
                draft.Fault(ImportField.Member, item, "MemberMissing", $"'{item}' is no name or address of anyone on the server or in the file.");
            }
        }
    }

    private void CheckMember(Draft draft, string item, string name)
    {
        PrincipalType type = directory.TypeOf(name) ?? draft.Type;
        if (name == draft.Name)
        {
            draft.Fault(ImportField.Member, item, "MembershipCycle", $"'{item}' cannot be a member of itself.");
        }
        else if (!TypeFields.CanBeMember(draft.Type, type))
        {
            draft.Fault(ImportField.Member, item, "MemberInvalid", $"'{item}' is of type {type} and cannot be a member of one of type {draft.Type}.");
        }
    }

    private bool IsForeignAddress(string item) =>
        MailAddress.FaultOf(item) is null && state.Knows(PrincipalType.Domain) && !directory.IsLocal(MailAddress.DomainOf(item));
}
