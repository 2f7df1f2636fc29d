using MailAdmin.Client.Api.Principals;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Provisioning;

/// <summary>Checks the rows against each other and against the server.</summary>
internal sealed class RowValidator(ImportLookup directory, DirectoryState state, ImportOptions options)
{
    private readonly MeantNames _meant = new(directory, state);
    private readonly PlannedTenants _tenants = new(directory, state, options.NamesAreAddresses);

    public void CheckAll()
    {
        CheckDuplicates();
        foreach (RowContext context in directory.Rows)
        {
            if (context.Name.Length == 0)
            {
                continue;
            }

            if (context is { IsMembership: true, IsNew: true })
            {
                context.AddError(ImportField.Name, context.Name, "GroupMissing",
                    $"'{context.Name}' is neither a group nor a list on the server{_meant.Suggest(context.Name, PrincipalType.Group, PrincipalType.List)}. Create it first: New-MailPrincipal -Type Group or -Type List, with its address.");
                continue;
            }

            // Of what the server does not have nothing else is to be said.
            if (context.Spec.Type is { } type && !options.Types.Contains(type))
            {
                context.AddError(ImportField.Type, null, nameof(MailErrorCode.Unsupported), CellMessage.Plain(JmapFields.CreateTypeError(type).Message));
                continue;
            }

            if (context is { IsNew: true } && context.Type == PrincipalType.ApiKey && state.MakesApiKeys)
            {
                context.Errors.Clear();
                context.AddError(ImportField.Type, null, "ApiKeyNotImported", CellMessage.Plain(JmapFields.CreateKeyError().Message));
                continue;
            }

            CheckName(context);
            CheckExistence(context);
            CheckMerge(context);
            CheckUnknown(context);
            CheckFields(context);
            CheckQuota(context);
            CheckAddresses(context);
            CheckPassword(context);
            CheckPermissions(context);
            ResolveReferences(context, ImportField.MemberOf, PrincipalField.MemberOf, PrincipalType.Group);
            ResolveReferences(context, ImportField.List, PrincipalField.Lists, PrincipalType.List);
            ResolveReferences(context, ImportField.Role, PrincipalField.Roles, PrincipalType.Role);
            ResolveMembers(context);
            if (context.Spec.Tenant is { } tenant && tenant != context.Existing?.Tenant)
            {
                CheckReference(context, ImportField.Tenant, tenant, PrincipalType.Tenant);
            }

            _tenants.Check(context);
        }
    }

    /// <summary>All rows of one name or address fail: only their author knows which one is right.</summary>
    private void CheckDuplicates()
    {
        foreach (List<RowContext> rows in directory.RowsByName.Where(rows => rows.Count > 1))
        {
            foreach (RowContext context in rows)
            {
                context.AddError(context.NameField, context.Name, "NameDuplicate", $"The name '{context.Name}' is also in {CellMessage.Plain(FormatOtherRows(rows, context))}.");
            }
        }

        foreach ((string address, List<RowContext> rows) in directory.RowsByAddress.Where(claim => claim.Value.Count > 1))
        {
            // Two writers at once can give one address to two principals: neither row changes that.
            foreach (RowContext context in rows.Where(row => !HasAlready(row, address)))
            {
                context.AddError(context.AddressField, address, "EmailDuplicate", $"The address '{address}' is also in {CellMessage.Plain(FormatOtherRows(rows, context))}.");
            }
        }
    }

    private static string FormatOtherRows(List<RowContext> rows, RowContext context)
    {
        int[] others = [.. rows.Where(row => row != context).Select(row => row.Number)];
        return others.Length == 1 ? $"row {others[0]}" : $"rows {string.Join(", ", others)}";
    }

    // A row is compared with what there is.
    private static void CheckUnknown(RowContext context)
    {
        foreach (string part in context.Existing?.UnknownParts.Where(part => IsGiven(context.Spec, part)) ?? [])
        {
            context.AddError(Enum.Parse<ImportField>(part), null, nameof(MailErrorCode.Forbidden), CellMessage.Plain(UnreadParts.CreateError(
                context.Existing!, part, "What the principal has of it is unknown, so nothing can be compared. Leave the column out.").Message));
        }
    }

    private static bool IsGiven(PrincipalSpec spec, string part) => part switch
    {
        nameof(MailPrincipal.Email) => spec.Email is not null,
        nameof(MailPrincipal.MemberOf) => spec.MemberOf is not null,
        nameof(MailPrincipal.List) => spec.List is not null,
        nameof(MailPrincipal.Role) => spec.Role is not null,
        nameof(MailPrincipal.Member) => spec.Member is not null,
        nameof(MailPrincipal.ExternalMember) => spec.ExternalMember is not null,
        nameof(MailPrincipal.Tenant) => spec.Tenant is not null,
        _ => false,
    };

    private void CheckName(RowContext context)
    {
        if (context.IsNew && context.Type.Word is "individual" or "group" or "list" && LoginName.GetCatchAllError(context.Name) is { } catchAll)
        {
            context.AddError(context.NameField, context.Name, "NameInvalid", CellMessage.Quoting(catchAll, context.Name));
            return;
        }

        if (context.IsNew && !options.AllowUnusualName && PlaceholderCell.CheckName(context.Name) is { } placeholder)
        {
            context.AddError(context.NameField, context.Name, placeholder.ErrorId, placeholder.Message);
            return;
        }

        if (context is { IsNew: true } && context.Type == PrincipalType.Individual && !IsNameExplained(context) && (options.NamesAreAddresses || !options.AllowUnusualName) && LoginName.GetBlankError(context.Name, options.NamesAreAddresses) is { } error)
        {
            context.AddError(context.NameField, context.Name, "NameInvalid", CellMessage.Quoting(error, context.Name));
        }

        if (context.Type == PrincipalType.Domain && context.IsNew && !MailAddress.IsDomain(context.Name))
        {
            context.AddError(context.NameField, context.Name, "NameInvalid", $"'{context.Name}' is not a valid domain name.");
        }
        else if (context.Type == PrincipalType.Individual && context.IsNew && LoginName.GetInvalidReason(context.Name) is { } invalid)
        {
            context.AddError(context.NameField, context.Name, "NameInvalid", CellMessage.Quoting(invalid, context.Name));
        }
        else if (context.Type == PrincipalType.Individual && context.IsNew && !options.AllowUnusualName && !IsNameExplained(context) && LoginName.GetTypographicError(context.Name) is { } typographic)
        {
            context.AddError(context.NameField, context.Name, "NameTypographic", CellMessage.Quoting(typographic, context.Name));
        }
    }

    // Once is enough.
    private static bool IsNameExplained(RowContext context) => context.Errors.Exists(error => error.ErrorId == AddressNames.NameNotAddress);

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

        PrincipalType wanted = context.Spec.Type ?? (context.IsMembership ? context.Type : PrincipalSpec.DefaultType);
        if (context.Type != wanted)
        {
            context.AddError(ImportField.Type, wanted.Name, "TypeMismatch", $"'{context.Name}' exists as {context.Type} and cannot become {wanted}.{CellMessage.Plain(context.Spec.Type is null ? " To change it, give its type in a column named Type." : "")}");
        }

        if (context.IsNameDerived && context.Existing is { Email.Count: > 0 } other && !other.Email.Intersect(context.Spec.Email ?? []).Any())
        {
            context.AddError(context.NameField, context.Name, "NameTaken", $"The login '{context.Name}' belongs to an account with other addresses ({other.PrimaryEmail}). Give this row another login.");
        }
    }

    /// <summary>
    /// A login that another person has already would give that person the addresses of this one. Nothing shows it but what the row says of a person:
    /// another name, or a password for somebody who has one.
    /// </summary>
    private void CheckMerge(RowContext context)
    {
        if (context.Existing is not { } existing || existing.Type != PrincipalType.Individual || options.Mode != ImportMode.Upsert || context.HasErrors
            || context.Spec.Email is not { } email || email.Any(address => HasAlready(context, address)))
        {
            return;
        }

        bool isOtherPerson = context.Spec.Description is { } description && existing.Description is { } other && description != other;
        bool isNewPerson = context.Spec.Password is not null && !options.ResetPassword;
        if (!isOtherPerson && !isNewPerson && !context.IsNameDerived)
        {
            return;
        }

        string known = string.Join(", ", ((string?[])[existing.Description, existing.PrimaryEmail]).Where(text => text is not null).DefaultIfEmpty("without a name and an address"));
        const string Advice = "and has none of this row's addresses: it gets them. If this is another person, give the row another login; if it is the same, specify -Mode Update.";
        if (options.Strict)
        {
            context.AddError(context.NameField, context.Name, "NameTaken", $"'{context.Name}' exists already ({CellMessage.Plain(known)}), {CellMessage.Plain(Advice)}");
        }
        else
        {
            context.Warnings.Add($"'{context.Name}' exists already ({known}), {Advice}");
        }
    }

    private static bool HasAlready(RowContext context, string address)
    {
        string comparable = MailAddress.ToComparable(address);
        return context.Existing?.Email?.Any(own => MailAddress.ToComparable(own) == comparable) == true;
    }

    private static void CheckQuota(RowContext context)
    {
        if (context.Spec is { IsQuotaDoubtful: true, Quota: { } quota })
        {
            string text = quota.ToString(System.Globalization.CultureInfo.InvariantCulture);
            context.AddError(ImportField.Quota, text, "QuotaInvalid", CellMessage.Quoting(QuotaRule.GetError(quota)!, text));
        }
    }

    /// <summary>A field that the type cannot have. What is there all the same, made by other means, is left alone.</summary>
    private void CheckFields(RowContext context)
    {
        PrincipalSpec spec = context.Spec;
        MailPrincipal? existing = context.Existing;
        RejectIf(HasNew(spec.MemberOf, existing?.MemberOf), ImportField.MemberOf, PrincipalField.MemberOf);
        if (!state.NestsGroups && context.Type == PrincipalType.Group && HasNew(spec.MemberOf, existing?.MemberOf))
        {
            context.AddError(ImportField.MemberOf, null, nameof(MailErrorCode.Unsupported), CellMessage.Plain($"A principal of type {context.Type} has no {ImportField.MemberOf}. {JmapFields.GroupInGroup}"));
        }

        RejectIf(HasNew(spec.List, existing?.List), ImportField.List, PrincipalField.Lists);
        RejectIf(HasNew(spec.Role, existing?.Role), ImportField.Role, PrincipalField.Roles);
        RejectIf(HasNew(spec.Member, existing?.Member), ImportField.Member, PrincipalField.Members);
        RejectIf(HasNew(spec.ExternalMember, existing?.ExternalMember), ImportField.ExternalMember, PrincipalField.ExternalMembers);
        RejectIf(HasNew(spec.Email, existing?.Email), context.AddressField, PrincipalField.Emails);
        RejectIf(spec.Password is not null, ImportField.Password, PrincipalField.Secrets);
        RejectIf(HasNew(spec.EnabledPermission, existing?.EnabledPermission), ImportField.EnabledPermission, PrincipalField.EnabledPermissions);
        RejectIf(HasNew(spec.DisabledPermission, existing?.DisabledPermission), ImportField.DisabledPermission, PrincipalField.DisabledPermissions);
        RejectIf(spec.Tenant is not null && spec.Tenant != existing?.Tenant, ImportField.Tenant, PrincipalField.Tenant);

        foreach (string url in context.Type == PrincipalType.OauthClient ? (spec.Url ?? []).Except(existing?.Url ?? StringList.Empty) : [])
        {
            if (RedirectUrls.GetError(url) is { } error)
            {
                context.AddError(ImportField.Url, url, "UrlInvalid", CellMessage.Quoting(error, url));
            }
        }

        // No quota and "may sign in" are true of every type: a listing of all types has them for each.
        RejectIf(spec.Quota > 0 && spec.Quota != existing?.Quota, ImportField.Quota, PrincipalField.Quota);
        RejectIf(spec.Enabled == false && existing?.Enabled != false, ImportField.Enabled, PrincipalField.DisabledPermissions);

        void RejectIf(bool given, ImportField field, string name)
        {
            if (given && TypeFields.GetError(context.Type, name, context.IsNew) is { } error)
            {
                context.AddError(field, null, "FieldNotApplicable", CellMessage.Plain(error));
            }
        }
    }

    private static bool HasNew(IReadOnlyList<string>? given, StringList? stored) => given is not null && (stored is null || given.Except(stored).Any());

    // From 0.16 on the name is the address.
    private bool SaysWhyNoAddress(RowError error) =>
        error.ErrorId.StartsWith("Email", StringComparison.Ordinal) || (options.NamesAreAddresses && error.ErrorId is AddressNames.NameNotAddress or "NameInvalid");

    private void CheckAddresses(RowContext context)
    {
        if (context.Type == PrincipalType.OauthClient)
        {
            return;
        }

        if (context is { IsNew: true, Spec.Email: null } && context.Type == PrincipalType.Individual && !options.NoAddress && !context.Errors.Exists(SaysWhyNoAddress))
        {
            string advice = options.NamesAreAddresses ? "." : ", or specify -NoAddress.";
            context.AddError(context.AddressField, null, "AddressMissing", CellMessage.Plain(context.HadOtherAddresses
                ? $"None of the addresses is in a domain of this server, so that the account would get no mail. Create the domain{advice}"
                : context.Spec.ByProducts is [_, ..] words
                ? $"The row has no e-mail address, only {string.Join(", ", words.Distinct().Select(word => $"{word}:"))}, and the account would get no mail. Give it one in the column Email{advice}"
                : $"The account has no address and would get no mail. Give it one in the column Email{advice}"));
        }

        HashSet<string>? missing = null;
        foreach (string address in context.Spec.Email ?? [])
        {
            if (context.Existing?.Email?.Contains(address) == true)
            {
                continue;
            }

            if (MailAddress.IsCatchAll(address))
            {
                CheckCatchAll(context, address);
            }

            if (directory.FindOwner(address) is { } owner && owner.Name != context.Name)
            {
                context.AddError(context.AddressField, address, "EmailTaken", $"The address '{address}' belongs to '{owner.Name}' ({owner.Type}).");
            }

            string domain = MailAddress.GetDomain(address);
            if (!directory.IsLocal(domain) && (missing ??= new(StringComparer.Ordinal)).Add(domain))
            {
                context.AddError(context.AddressField, address, "DomainMissing", $"The domain '{domain}' is neither on the server nor in the file{_meant.Suggest(domain, PrincipalType.Domain)}. Create it first, or add a row of type Domain.");
            }
        }
    }

    private static void CheckCatchAll(RowContext context, string address)
    {
        if (context.Type.Word is not ("individual" or "group" or "list"))
        {
            context.AddError(context.AddressField, address, "FieldNotApplicable", $"A principal of type {context.Type} gets no mail: '{address}' can be a catch-all of an individual, a group or a list.");
        }
        else if (context.IsNew && context.Spec.Email!.All(MailAddress.IsCatchAll))
        {
            context.AddError(context.AddressField, address, "EmailInvalid", $"'{address}' is a catch-all, which cannot be the primary address. Give an address of its own as well.");
        }
    }

    private void CheckPassword(RowContext context)
    {
        if (context.Spec.Password is { Kind: PasswordCellKind.ClearText } given && state.PasswordRule?.FindProblem(given.Value) is { } problem)
        {
            context.AddError(ImportField.Password, null, "PasswordRefused", CellMessage.Plain(problem));
        }

        if (!context.IsNew || context.Spec.Password is not null || options.NoPassword)
        {
            return;
        }

        bool needed = context.Type == PrincipalType.ApiKey || (context.Type == PrincipalType.Individual && !options.GeneratePassword);

        // A password that could not be read is already an error.
        if (needed && !context.Errors.Exists(error => error.ErrorId.StartsWith("Password", StringComparison.Ordinal)))
        {
            context.AddError(ImportField.Password, null, "PasswordMissing", CellMessage.Plain(context.Type == PrincipalType.ApiKey
                ? "A new API key needs its secret in the column Password. A secret that is lost cannot be had back: New-MailPrincipal -Type ApiKey makes a new one."
                : "A new account needs a password or a password hash, or specify -GeneratePassword or -NoPassword."
                    + (context.Spec.IsPasswordMasked ? " The asterisks in the column are not read: they stand for a password that was not exported." : "")));
        }
    }

    private void CheckPermissions(RowContext context)
    {
        if (context.Spec.Enabled == true && context.Spec.DisabledPermission?.Contains(MailPrincipal.AuthenticatePermission) == true)
        {
            context.AddError(ImportField.Enabled, "True", "EnabledConflict", $"The row enables the account but denies it the permission '{CellMessage.Plain(MailPrincipal.AuthenticatePermission)}'.");
        }

        IEnumerable<string> permissions = (context.Spec.EnabledPermission ?? []).Concat(context.Spec.DisabledPermission ?? []);
        if (context is { IsNew: true } && context.Type == PrincipalType.ApiKey && !state.MakesApiKeys && context.Spec is { Enabled: not false, Role: null or [] } && !permissions.Contains(MailPrincipal.AuthenticatePermission))
        {
            context.Warnings.Add($"'{context.Name}' cannot sign in: it has no role, and '{MailPrincipal.AuthenticatePermission}' is not among its permissions.");
        }

        CheckPermissions(context, ImportField.EnabledPermission, context.Spec.EnabledPermission?.Except(context.Existing?.EnabledPermission ?? StringList.Empty));
        CheckPermissions(context, ImportField.DisabledPermission, context.Spec.DisabledPermission?.Except(context.Existing?.DisabledPermission ?? StringList.Empty));
        if (state.HasLocale == false && context.Spec.Locale is { } locale && locale != context.Existing?.Locale)
        {
            context.AddError(ImportField.Locale, locale, "FieldNotApplicable", $"Principals of this server have no locale; they do from version 0.12.5 on. Ignore the column.");
        }
    }

    private void CheckPermissions(RowContext context, ImportField field, IEnumerable<string>? permissions)
    {
        if (state.Permissions is null || permissions is null)
        {
            return;
        }

        foreach (string permission in permissions.Where(permission => !state.Permissions.Contains(permission)))
        {
            string suggestion = NearestName.Find(permission, state.Permissions) is { } nearest ? $" Did you mean '{nearest}'?" : "";
            context.AddError(field, permission, "PermissionUnknown", $"There is no permission '{permission}'.{CellMessage.Either(suggestion, "")}{AdviseCell(context, permission)}");
        }
    }

    // Whether there is a comma in a cell that may be the password is not said.
    private static CellMessage AdviseCell(RowContext context, string item) => CellMessage.Either(
        item.Contains(',', StringComparison.Ordinal) && context.ListSeparator != ',' ? $" Several in one cell are separated by '{context.ListSeparator}', not by ','." : PlaceholderCell.Advise(item), "");

    /// <summary>Groups, lists and roles by name, or by address where they have one.</summary>
    private void ResolveReferences(RowContext context, ImportField field, string name, PrincipalType type)
    {
        if (context.GetRequested(name) is not { } items || !TypeFields.CanHave(context.Type, name) || (!state.NestsGroups && type == PrincipalType.Group && context.Type == PrincipalType.Group))
        {
            return;
        }

        IReadOnlyList<string> stored = GetStored(context, field);
        for (int i = 0; i < items.Count; i++)
        {
            if (stored.Contains(items[i]))
            {
                continue;
            }

            if (directory.FindType(items[i]) is null && directory.ResolveMember(items[i]) is { } resolved)
            {
                items[i] = resolved;
            }

            CheckReference(context, field, items[i], type);
        }
    }

    private static IReadOnlyList<string> GetStored(RowContext context, ImportField field) => (context.Existing, field) switch
    {
        (null, _) => [],
        ({ } existing, ImportField.MemberOf) => StoredFields.GetItems(existing, PrincipalField.MemberOf),
        ({ } existing, ImportField.List) => StoredFields.GetItems(existing, PrincipalField.Lists),
        ({ } existing, _) => StoredFields.GetItems(existing, PrincipalField.Roles),
    };

    private void CheckReference(RowContext context, ImportField field, string item, PrincipalType type)
    {
        if (type == PrincipalType.Role && state.BuiltInRoles.Contains(item))
        {
            return;
        }

        PrincipalType? found = directory.FindType(item);
        if (found is null && state.IsListed(type))
        {
            context.AddError(field, item, $"{type}Missing", $"The {GetWord()} '{item}' is neither on the server nor in the file{_meant.Suggest(item, type)}.{AdviseCell(context, item)}");
        }
        else if (found is { } other && other != type)
        {
            context.AddError(field, item, $"{type}Missing", $"'{item}' is not a {GetWord()}; it is of type {other}.");
        }
        else if (found is null && !context.IsQuotable(field))
        {
            // What may be a password is not sent as the name of something.
            context.AddError(field, item, $"{type}Missing", $"Whether there is a {GetWord()} '{item}' cannot be seen here, as the server does not list its {GetWord()}s.");
        }
        else if (item == context.Name)
        {
            context.AddError(field, item, "MembershipCycle", $"'{item}' cannot belong to itself.");
        }

        CellMessage GetWord() => CellMessage.Plain(type.Name.ToLowerInvariant());
    }

    /// <summary>Members by name or address become names; addresses of other domains become external members.</summary>
    private void ResolveMembers(RowContext context)
    {
        if (context.GetRequested(PrincipalField.Members) is not { } items || !TypeFields.CanHave(context.Type, PrincipalField.Members))
        {
            return;
        }

        HashSet<string> stored = [.. context.Existing?.Member ?? StringList.Empty];
        for (int i = items.Count - 1; i >= 0; i--)
        {
            string item = items[i];
            if (stored.Contains(item))
            {
                continue;
            }

            var member = MemberReference.Decide(item, directory.ResolveMember(item), IsLocal);
            if (member is { Name: { } name })
            {
                items[i] = name;
                if (IsRoleOf(context, name))
                {
                    items.RemoveAt(i);
                    continue;
                }

                CheckMember(context, item, name);
            }
            else if (member is { ExternalAddress: { } address })
            {
                if (TypeFields.GetError(context.Type, PrincipalField.ExternalMembers, context.IsNew) is { } error && context.Existing?.ExternalMember?.Contains(address) != true)
                {
                    context.AddError(ImportField.Member, item, "MemberInvalid", $"'{item}' is an address outside this server. {CellMessage.Plain(error)}");
                    continue;
                }

                items.RemoveAt(i);
                context.ExternalMembers.Add(address);
            }
            else if (state.IsListed(PrincipalType.Individual) && state.IsListed(PrincipalType.Group))
            {
                context.AddError(ImportField.Member, item, "MemberMissing", $"'{item}' is neither a name nor an address on the server or in the file{_meant.Suggest(item, [.. PrincipalType.Known.Where(type => TypeFields.CanBeMember(context.Type, type))])}.{AdviseCell(context, item)}");
            }
        }

        context.ExternalMembers.Reverse();
    }

    /// <summary>A role lists the accounts that have it, and they name it themselves: where the account's own row does, there is nothing to do.</summary>
    private bool IsRoleOf(RowContext context, string name) =>
        context.Type == PrincipalType.Role && directory.FindRow(name) is { } row && row.Type != PrincipalType.Role
        && row.GetRequested(PrincipalField.Roles)?.Contains(context.Name) == true;

    private void CheckMember(RowContext context, string item, string name)
    {
        PrincipalType type = directory.FindType(name) ?? context.Type;
        if (name == context.Name)
        {
            context.AddError(ImportField.Member, item, "MembershipCycle", $"'{item}' cannot be a member of itself.");
        }
        else if (!TypeFields.CanBeMember(context.Type, type) || (!state.NestsGroups && context.Type == PrincipalType.Group && directory.FindType(name) == PrincipalType.Group))
        {
            context.AddError(ImportField.Member, item, "MemberInvalid", CellMessage.Quoting(TypeFields.FormatMemberError(context.Type, name, type), name));
        }
    }

    // Where domains are not known, no address is certainly elsewhere.
    private bool IsLocal(string domain) => !state.IsListed(PrincipalType.Domain) || directory.IsLocal(domain);
}
