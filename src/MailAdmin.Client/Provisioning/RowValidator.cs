using MailAdmin.Client.Values;

namespace MailAdmin.Client.Provisioning;

/// <summary>Checks the rows against each other and against the server.</summary>
internal sealed class RowValidator(ImportLookup directory, DirectoryState state, ImportOptions options)
{
    public void CheckAll()
    {
        CheckDuplicates();
        foreach (RowContext context in directory.Rows)
        {
            if (context.Name.Length == 0)
            {
                continue;
            }

            CheckName(context);
            CheckExistence(context);
            CheckFields(context);
            CheckAddresses(context);
            CheckPassword(context);
            CheckPermissions(context);
            ResolveReferences(context, ImportField.MemberOf, PrincipalField.MemberOf, PrincipalType.Group);
            ResolveReferences(context, ImportField.List, PrincipalField.Lists, PrincipalType.List);
            ResolveReferences(context, ImportField.Role, PrincipalField.Roles, PrincipalType.Role);
            ResolveMembers(context);
        }
    }

    /// <summary>All rows of one name or address fail: only their author knows which one is right.</summary>
    private void CheckDuplicates()
    {
        foreach (List<RowContext> rows in directory.RowsByName.Where(rows => rows.Count > 1))
        {
            foreach (RowContext context in rows)
            {
                context.AddError(context.NameField, context.Name, "NameDuplicate", $"The name '{context.Name}' is also in {FormatOtherRows(rows, context)}.");
            }
        }

        foreach ((string address, List<RowContext> rows) in directory.RowsByAddress.Where(claim => claim.Value.Count > 1))
        {
            foreach (RowContext context in rows)
            {
                context.AddError(context.AddressField, address, "EmailDuplicate", $"The address '{address}' is also in {FormatOtherRows(rows, context)}.");
            }
        }
    }

    private static string FormatOtherRows(List<RowContext> rows, RowContext context)
    {
        int[] others = [.. rows.Where(row => row != context).Select(row => row.Number)];
        return others.Length == 1 ? $"row {others[0]}" : $"rows {string.Join(", ", others)}";
    }

    private void CheckName(RowContext context)
    {
        if (context.Type == PrincipalType.Domain && !MailAddress.IsDomain(context.Name))
        {
            context.AddError(context.NameField, context.Name, "NameInvalid", $"'{context.Name}' is not a valid domain name.");
        }
        else if (context.Type == PrincipalType.Individual && context.IsNew && context.Name.Contains(':', StringComparison.Ordinal))
        {
            context.AddError(context.NameField, context.Name, "NameInvalid", "A login cannot contain a colon: the account could not sign in.");
        }
        else if (context.Type == PrincipalType.Individual && context.IsNew && !options.AllowTypographicName && NameText.GetTypographicError(context.Name) is { } error)
        {
            context.AddError(context.NameField, context.Name, "NameTypographic", $"{error} To have it all the same, specify -AllowTypographicName.");
        }
    }

    private void CheckExistence(RowContext context)
    {
        if (context.Existing is { } existing && options.Mode == ImportMode.Create)
        {
            context.AddError(context.NameField, context.Name, "AlreadyExists", $"'{context.Name}' already exists.");
        }
        else if (context.IsNew && options.Mode == ImportMode.Update)
        {
            context.AddError(context.NameField, context.Name, "NotFound", $"'{context.Name}' does not exist.");
        }

        PrincipalType wanted = context.Spec.Type ?? PrincipalSpec.DefaultType;
        if (context.Type != wanted)
        {
            context.AddError(ImportField.Type, wanted.Name, "TypeMismatch", $"'{context.Name}' exists as {context.Type} and cannot become {wanted}."
                + (context.Spec.Type is null ? " To change it, give its type in a column named Type." : ""));
        }

        if (context.IsNameDerived && context.Existing is { Email.Count: > 0 } other && !other.Email.Intersect(context.Spec.Email ?? []).Any())
        {
            context.AddError(context.NameField, context.Name, "NameTaken", $"The login '{context.Name}' belongs to an account with other addresses ({other.PrimaryEmail}). Give this row another login.");
        }
    }

    private static void CheckFields(RowContext context)
    {
        PrincipalSpec spec = context.Spec;
        RejectIf(spec.MemberOf is not null, ImportField.MemberOf);
        RejectIf(spec.List is not null, ImportField.List);
        RejectIf(spec.Role is not null, ImportField.Role);
        RejectIf(spec.Member is not null, ImportField.Member);
        RejectIf(spec.ExternalMember is not null, ImportField.ExternalMember);
        RejectIf(spec.Email is not null, ImportField.Email);
        RejectIf(spec.Password is not null, ImportField.Password);

        // No quota and "may sign in" are true of every type: a listing of all types has them for each.
        RejectIf(spec.Quota > 0, ImportField.Quota);
        RejectIf(spec.Enabled == false, ImportField.Enabled);
        if (context is { IsNew: false, Type.Word: "apiKey" } && spec.Role is not null)
        {
            context.AddError(ImportField.Role, null, "FieldNotApplicable", "The roles of an API key cannot be changed after its creation.");
        }

        void RejectIf(bool given, ImportField field)
        {
            if (given && !TypeFields.CanHave(context.Type, field))
            {
                context.AddError(field == ImportField.Email ? context.AddressField : field, null, "FieldNotApplicable", $"A principal of type {context.Type} has no {field}.");
            }
        }
    }

    private void CheckAddresses(RowContext context)
    {
        if (context.Type == PrincipalType.OauthClient)
        {
            return;
        }

        var missing = new HashSet<string>(StringComparer.Ordinal);
        foreach (string address in context.Spec.Email ?? [])
        {
            if (directory.FindOwner(address) is { } owner && owner.Name != context.Name)
            {
                context.AddError(context.AddressField, address, "EmailTaken", $"The address '{address}' belongs to '{owner.Name}' ({owner.Type}).");
            }

            string domain = MailAddress.GetDomain(address);
            bool kept = context.Existing?.Email.Contains(address) == true;
            if (!kept && !directory.IsLocal(domain) && missing.Add(domain))
            {
                context.AddError(context.AddressField, address, "DomainMissing", $"The domain '{domain}' is neither on the server nor in the file. Create it first, or add a row of type Domain.");
            }
        }
    }

    private void CheckPassword(RowContext context)
    {
        if (!context.IsNew || context.Spec.Password is not null || options.NoPassword)
        {
            return;
        }

        bool needed = context.Type == PrincipalType.ApiKey || (context.Type == PrincipalType.Individual && !options.GeneratePassword);

        // A password that could not be read is already an error.
        if (needed && !context.Errors.Exists(error => error.ErrorId.StartsWith("Password", StringComparison.Ordinal)))
        {
            context.AddError(ImportField.Password, null, "PasswordMissing", "A new account needs a password or a password hash, or specify -GeneratePassword or -NoPassword.");
        }
    }

    private void CheckPermissions(RowContext context)
    {
        if (context.Spec.Enabled == true && context.Spec.DisabledPermission?.Contains(MailPrincipal.AuthenticatePermission) == true)
        {
            context.AddError(ImportField.Enabled, "True", "EnabledConflict", $"The row enables the account but denies it the permission '{MailPrincipal.AuthenticatePermission}'.");
        }

        CheckPermissions(context, ImportField.EnabledPermission, context.Spec.EnabledPermission);
        CheckPermissions(context, ImportField.DisabledPermission, context.Spec.DisabledPermission);
    }

    private void CheckPermissions(RowContext context, ImportField field, IReadOnlyList<string>? permissions)
    {
        if (state.Permissions is null || permissions is null)
        {
            return;
        }

        foreach (string permission in permissions.Where(permission => !state.Permissions.Contains(permission)))
        {
            string suggestion = NearestName.Find(permission, state.Permissions) is { } nearest ? $" Did you mean '{nearest}'?" : "";
            context.AddError(field, permission, "PermissionUnknown", $"There is no permission '{permission}'.{suggestion}");
        }
    }

    /// <summary>Groups, lists and roles by name, or by address where they have one.</summary>
    private void ResolveReferences(RowContext context, ImportField field, string name, PrincipalType type)
    {
        if (context.GetRequested(name) is not { } items || !TypeFields.CanHave(context.Type, field))
        {
            return;
        }

        for (int i = 0; i < items.Count; i++)
        {
            if (directory.FindType(items[i]) is null && directory.ResolveMember(items[i]) is { } resolved)
            {
                items[i] = resolved;
            }

            CheckReference(context, field, items[i], type);
        }
    }

    private void CheckReference(RowContext context, ImportField field, string item, PrincipalType type)
    {
        if (type == PrincipalType.Role && state.BuiltInRoles.Contains(item))
        {
            return;
        }

        PrincipalType? found = directory.FindType(item);
        string word = type.Name.ToLowerInvariant();
        if (found is null && state.IsListed(type))
        {
            context.AddError(field, item, $"{type}Missing", $"The {word} '{item}' is neither on the server nor in the file.");
        }
        else if (found is { } other && other != type)
        {
            context.AddError(field, item, $"{type}Missing", $"'{item}' is not a {word}; it is of type {other}.");
        }
        else if (item == context.Name)
        {
            context.AddError(field, item, "MembershipCycle", $"'{item}' cannot belong to itself.");
        }
    }

    /// <summary>Members by name or address become names; addresses of other domains become external members.</summary>
    private void ResolveMembers(RowContext context)
    {
        if (context.GetRequested(PrincipalField.Members) is not { } items || !TypeFields.CanHave(context.Type, ImportField.Member))
        {
            return;
        }

        for (int i = items.Count - 1; i >= 0; i--)
        {
            string item = items[i];
            if (directory.ResolveMember(item) is { } name)
            {
                items[i] = name;
                CheckMember(context, item, name);
            }
            else if (IsExternalAddress(item) && TypeFields.CanHave(context.Type, ImportField.ExternalMember))
            {
                items.RemoveAt(i);
                context.ExternalMembers.Insert(0, item);
            }
            else if (state.IsListed(PrincipalType.Individual) && state.IsListed(PrincipalType.Group))
            {
                context.AddError(ImportField.Member, item, "MemberMissing", $"'{item}' is neither a name nor an address on the server or in the file.");
            }
        }
    }

    private void CheckMember(RowContext context, string item, string name)
    {
        PrincipalType type = directory.FindType(name) ?? context.Type;
        if (name == context.Name)
        {
            context.AddError(ImportField.Member, item, "MembershipCycle", $"'{item}' cannot be a member of itself.");
        }
        else if (!TypeFields.CanBeMember(context.Type, type))
        {
            context.AddError(ImportField.Member, item, "MemberInvalid", $"'{item}' is of type {type} and cannot be a member of one of type {context.Type}.");
        }
    }

    private bool IsExternalAddress(string item) =>
        MailAddress.GetValidationError(item) is null && state.IsListed(PrincipalType.Domain) && !directory.IsLocal(MailAddress.GetDomain(item));
}
